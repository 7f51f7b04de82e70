import type { KeptOutput } from '@imprest/domain';
import type { EncryptedAssets } from '../confidential/index.js';
import { derivedId } from '../identifiers.js';
import type { OutputWithheld } from '../outputs/output-withheld.js';
import type { AssetStore } from '../ports/asset-store.js';
import type { LeaseRef } from '../ports/work-queue.js';
import { groundsOf } from './case-grounds.js';

const PREFIX = 'wth';
const DAY_MS = 86_400_000;

/**
 * Withheld outputs that a moderator has yet to see, each sealed under a key of its own and for a time. What a list
 * of known files names, and what involves a minor, is never kept.
 */
export class WithheldOutputs {
  constructor(
    private readonly assets: EncryptedAssets,
    private readonly blobs: Pick<AssetStore, 'listWrittenBefore' | 'delete'>,
    /** 0 keeps none. */
    private readonly days: number,
  ) {}

  /** Durable when resolved. Null for what is not kept. */
  async keep(
    { id, fence }: LeaseRef,
    index: number,
    bytes: Uint8Array,
    { verdict, mediaType }: OutputWithheld,
    now: Date,
  ): Promise<KeptOutput | null> {
    if (this.days === 0 || groundsOf(verdict) !== 'review') return null;
    const assetId = derivedId(PREFIX, id, String(fence), String(index));
    const known = await this.assets.find(assetId);
    if (known === undefined) await this.assets.put(assetId, bytes, mediaType);
    const keptUntil = new Date(now.getTime() + this.days * DAY_MS).toISOString();
    return { assetId, mediaType, keptUntil };
  }

  /** Those whose time is over: the key first, then the blob. Safe to repeat. */
  async eraseExpired(now: Date): Promise<void> {
    const before = new Date(now.getTime() - this.days * DAY_MS);
    for await (const assetId of this.blobs.listWrittenBefore(before)) {
      if (assetId.startsWith(`${PREFIX}_`)) await this.erase(assetId);
    }
  }

  /** One of them, before its time: the key first, then the blob. Safe to repeat. */
  async erase(assetId: string): Promise<void> {
    const asset = await this.assets.find(assetId);
    if (asset === undefined) await this.blobs.delete(assetId);
    else await this.assets.erase(assetId, asset.keyId);
  }
}

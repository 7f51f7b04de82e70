import { createHash } from 'node:crypto';
import type { EncryptedAssets, OpenAsset, WholeAsset } from '../confidential/index.js';
import type { AssetStore } from '../ports/asset-store.js';
import { isReferenceId, ReferenceIds } from './reference-id.js';

export interface StoredReference {
  readonly id: string;
  /** Whether the tenant had uploaded the same bytes before. */
  readonly known: boolean;
}

export type ReferenceContent = WholeAsset;

/**
 * Reference images that tenants have uploaded, encrypted beside the other assets. Everything about one
 * follows from its id and its blob: there is no table of them.
 */
export class StoredReferences {
  private readonly ids: ReferenceIds;

  /** @param pepper of the product, not of this process: ids must be the same everywhere. */
  constructor(
    private readonly assets: EncryptedAssets,
    private readonly blobs: Pick<AssetStore, 'listWrittenBefore' | 'delete'>,
    pepper: Uint8Array,
  ) {
    this.ids = new ReferenceIds(pepper);
  }

  /** Durable when resolved. The same bytes of the same tenant are stored once. */
  async store(tenantId: string, bytes: Uint8Array, mediaType: string): Promise<StoredReference> {
    const id = this.ids.of(tenantId, createHash('sha256').update(bytes).digest('hex'));
    const known = (await this.assets.find(id)) !== undefined;
    if (!known) await this.assets.put(id, bytes, mediaType);
    return { id, known };
  }

  /** Whether an id is one of the tenant's, be there an image or not. */
  owns(tenantId: string, id: string): boolean {
    return this.ids.isOwn(tenantId, id);
  }

  async has(tenantId: string, id: string): Promise<boolean> {
    return (await this.find(tenantId, id)) !== undefined;
  }

  /** Without reading the image. Undefined for what is not the tenant's, was never there, or is not there any more. */
  async find(tenantId: string, id: string): Promise<OpenAsset | undefined> {
    return this.owns(tenantId, id) ? this.assets.find(id) : undefined;
  }

  /** Undefined for what `find` does not find. */
  async read(tenantId: string, id: string): Promise<ReferenceContent | undefined> {
    return this.owns(tenantId, id) ? this.assets.read(id) : undefined;
  }

  /** False when the tenant has no such reference. */
  async erase(tenantId: string, id: string): Promise<boolean> {
    const asset = await this.find(tenantId, id);
    if (asset !== undefined) await this.assets.erase(id, asset.keyId);
    return asset !== undefined;
  }

  /** Retention: those uploaded before a time, whoever's they are. @param first what goes before the image */
  async eraseUploadedBefore(
    time: Date,
    first: (id: string) => Promise<void> = async () => {},
  ): Promise<void> {
    for await (const id of this.blobs.listWrittenBefore(time)) {
      if (!isReferenceId(id)) continue;
      await first(id);
      const asset = await this.assets.find(id);
      if (asset === undefined) await this.blobs.delete(id);
      else await this.assets.erase(id, asset.keyId);
    }
  }
}

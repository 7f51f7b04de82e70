import {
  CLOCK,
  type Clock,
  type ConfidentialInput,
  DATA_KEYS,
  type DataKeys,
  EncryptedAssets,
  type GenerationView,
  openInputs,
  SECRETS,
  type Secrets,
  signAssetPath,
  type UrlSigningKey,
} from '@imprest/application';
import { Inject, Injectable } from '@nestjs/common';
import { expiredBefore, type ImageLink, imagesExpireAt } from './image-links.js';
import { UNCENSORED_DIALECT, type UncensoredJob, uncensoredJob } from './uncensored-job.js';
import { type XmodeRecord, xmodeRecord, xmodeStatus } from './xmode-record.js';

/** Signs asset URLs now; the id lets a successor take over without breaking URLs already given out. */
export function assetUrlKey(secrets: Secrets): UrlSigningKey {
  return { id: 'k1', secret: secrets.assetUrlKey };
}

/**
 * Renders records as callers see them. GET and webhooks share it, so that a delivery is byte for byte
 * what GET returns: everything in a record follows from the events, the URLs' expiry included.
 */
@Injectable()
export class GenerationRecords {
  constructor(
    private readonly assets: EncryptedAssets,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Undefined when the content was erased. */
  async render(view: GenerationView): Promise<XmodeRecord | undefined> {
    return (await this.renderAll([view]))[0];
  }

  /** In the order given; erased ones are left out. */
  async renderAll(views: readonly GenerationView[]): Promise<readonly XmodeRecord[]> {
    const alive = views.filter(({ erased }) => !erased);
    const inputs = await openInputs(this.dataKeys, alive);
    const records: XmodeRecord[] = [];
    for (const view of alive) {
      const input = inputs.get(view.id);
      if (input !== undefined) records.push(await this.record(view, input));
    }
    return records;
  }

  /** The same as a job of the uncensored dialect; undefined when the content was erased. */
  async job(view: GenerationView): Promise<UncensoredJob | undefined> {
    if (view.erased || (await this.input(view)) === undefined) return undefined;
    const [image] = view.images;
    if (image === undefined) return uncensoredJob(view, null);
    const expiry = imagesExpireAt(view.finishedAt ?? view.createdAt);
    return uncensoredJob(view, view.baseUrl + this.signedPath(image.assetId, expiry));
  }

  /** As the dialect that a generation was asked for in tells it; undefined when it was erased. */
  told(view: GenerationView): Promise<XmodeRecord | UncensoredJob | undefined> {
    return view.dialect === UNCENSORED_DIALECT ? this.job(view) : this.render(view);
  }

  /** Input of one generation; undefined when it was erased. */
  async input(view: GenerationView): Promise<ConfidentialInput | undefined> {
    return (await openInputs(this.dataKeys, [view])).get(view.id);
  }

  private async record(view: GenerationView, input: ConfidentialInput): Promise<XmodeRecord> {
    const status = xmodeStatus(view, expiredBefore(this.clock.now()));
    const images = status === 'succeeded' ? await this.images(view) : [];
    return xmodeRecord(view, input, images, status);
  }

  private async images(view: GenerationView): Promise<readonly ImageLink[]> {
    const expiry = imagesExpireAt(view.finishedAt ?? view.createdAt);
    const expiresAt = expiry.toISOString();
    const links = new Map<number, ImageLink>();
    for (const { index, assetId } of view.images) {
      if (view.parameters.responseFormat === 'b64_json') {
        links.set(index, { id: assetId, expiresAt, b64_json: await this.base64(assetId) });
      } else {
        const url = view.baseUrl + this.signedPath(assetId, expiry);
        links.set(index, { id: assetId, expiresAt, url });
      }
    }
    for (const index of view.lost) {
      links.set(index, { id: `${view.id}_${index}`, error: { code: 'storage_failed' } });
    }
    return [...links].sort(([a], [b]) => a - b).map(([, link]) => link);
  }

  private signedPath(assetId: string, expiry: Date): string {
    const expiresAt = Math.floor(expiry.getTime() / 1000);
    return signAssetPath({ assetId, expiresAt, secret: assetUrlKey(this.secrets) });
  }

  private async base64(assetId: string): Promise<string> {
    const asset = await this.assets.open(assetId);
    const chunks: Uint8Array[] = [];
    for await (const chunk of asset.read()) chunks.push(chunk);
    return Buffer.concat(chunks).toString('base64');
  }
}

import {
  CLOCK,
  type Clock,
  type ConfidentialInput,
  DATA_KEYS,
  type DataKeys,
  EncryptedAssets,
  expiredBefore,
  type GenerationView,
  imagesExpireAt,
  openInputs,
  outputsExpireAt,
  SECRETS,
  type Secrets,
  signAssetPath,
  TOKENS_PER_CREDIT,
  thumbnailId,
  type UrlSigningKey,
  type ViewedImage,
  wholeAsset,
  XAVIRA_DIALECT,
} from '@imprest/application';
import { Inject, Injectable } from '@nestjs/common';
import type { ImageLink, VideoLink } from './image-links.js';
import { UNCENSORED_DIALECT, type UncensoredJob, uncensoredJob } from './uncensored-job.js';
import { type XaviraGeneration, xaviraGeneration } from './xavira-generation.js';
import { type XmodeRecord, xmodeRecord, xmodeStatus } from './xmode-record.js';

export type ToldGeneration = XmodeRecord | UncensoredJob | XaviraGeneration;

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
    @Inject(TOKENS_PER_CREDIT) private readonly tokensPerCredit: number,
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
    return (await this.input(view)) && this.jobOf(view);
  }

  private jobOf(view: GenerationView): UncensoredJob {
    const expiry = imagesExpireAt(view.finishedAt ?? view.createdAt);
    return uncensoredJob(view, this.outputUrl(view, expiry));
  }

  /** The same as the xavira dialect tells it; undefined when the content was erased. */
  async generation(view: GenerationView): Promise<XaviraGeneration | undefined> {
    const input = await this.input(view);
    return input && this.generationOf(view, input);
  }

  private generationOf(view: GenerationView, input: ConfidentialInput): XaviraGeneration {
    const url = this.outputUrl(view, outputsExpireAt(view));
    return xaviraGeneration(view, input, url, this.tokensPerCredit);
  }

  /** As the dialect tells it that it was asked for in. @param input of the same generation, opened */
  async told(view: GenerationView, input: ConfidentialInput): Promise<ToldGeneration> {
    if (view.dialect === UNCENSORED_DIALECT) return this.jobOf(view);
    if (view.dialect === XAVIRA_DIALECT) return this.generationOf(view, input);
    return this.record(view, input);
  }

  private outputUrl({ images: [output], baseUrl }: GenerationView, expiry: Date): string | null {
    return output === undefined ? null : baseUrl + this.signedPath(output.assetId, expiry);
  }

  /** Input of one generation; undefined when it was erased. */
  async input(view: GenerationView): Promise<ConfidentialInput | undefined> {
    return view.erased ? undefined : (await openInputs(this.dataKeys, [view])).get(view.id);
  }

  private async record(view: GenerationView, input: ConfidentialInput): Promise<XmodeRecord> {
    const status = xmodeStatus(view, expiredBefore(this.clock.now()));
    const isThere = status === 'succeeded';
    if (view.parameters.video) {
      const videos = isThere ? this.videos(view) : [];
      return xmodeRecord(view, input, { videos }, status);
    }
    const images = isThere ? await this.images(view) : [];
    return xmodeRecord(view, input, { images }, status);
  }

  /** The clip of a video that has one, with a URL that is good until the record expires; none of images. */
  videos(view: GenerationView): readonly VideoLink[] {
    const { video } = view.parameters;
    if (!video) return [];
    const expiry = imagesExpireAt(view.finishedAt ?? view.createdAt);
    return view.images.map((image) => ({
      id: image.assetId,
      expiresAt: expiry.toISOString(),
      url: view.baseUrl + this.signedPath(image.assetId, expiry),
      ...this.factsOf(view, image, expiry),
      mediaType: image.mediaType,
      width: image.width,
      height: image.height,
      durationSeconds: video.durationSeconds,
    }));
  }

  private async images(view: GenerationView): Promise<readonly ImageLink[]> {
    const expiry = imagesExpireAt(view.finishedAt ?? view.createdAt);
    const expiresAt = expiry.toISOString();
    const links = new Map<number, ImageLink>();
    for (const image of view.images) {
      const { index, assetId } = image;
      const facts = this.factsOf(view, image, expiry);
      if (view.parameters.responseFormat === 'b64_json') {
        const b64_json = await this.base64(assetId);
        links.set(index, { id: assetId, expiresAt, b64_json, ...facts });
      } else {
        const url = view.baseUrl + this.signedPath(assetId, expiry);
        links.set(index, { id: assetId, expiresAt, url, ...facts });
      }
    }
    for (const index of view.lost) {
      links.set(index, { id: `${view.id}_${index}`, error: { code: 'storage_failed' } });
    }
    return [...links].sort(([a], [b]) => a - b).map(([, link]) => link);
  }

  private factsOf(
    { baseUrl }: GenerationView,
    { assetId, sha256, thumbnail }: ViewedImage,
    expiry: Date,
  ): { readonly sha256: string; readonly thumbnailUrl?: string } {
    if (!thumbnail) return { sha256 };
    return { thumbnailUrl: baseUrl + this.signedPath(thumbnailId(assetId), expiry), sha256 };
  }

  private signedPath(assetId: string, expiry: Date): string {
    const expiresAt = Math.floor(expiry.getTime() / 1000);
    return signAssetPath({ assetId, expiresAt, secret: assetUrlKey(this.secrets) });
  }

  private async base64(assetId: string): Promise<string> {
    const bytes = await wholeAsset(await this.assets.open(assetId));
    return Buffer.from(bytes).toString('base64');
  }
}

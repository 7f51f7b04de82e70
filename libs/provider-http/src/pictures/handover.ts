import { createHash } from 'node:crypto';
import {
  type OutputMediaType,
  ProviderError,
  type RenderContext,
  type RenderedImage,
  type RenderPreview,
  type RenderRequest,
} from '@imprest/application';
import { sniffOutput, UnreadableImage, withoutNotes } from '@imprest/provenance-marking';
import { fitted } from './fitted.js';
import type { PictureSize } from './picture-size.js';
import { previewOf } from './preview-of.js';

/**
 * Hands over what a server made for one request: one after the other, each result once, no more than were ordered, and
 * nothing that is not what was ordered, and without what the server has written beside the pixels. Fewer are fine, for
 * only what was handed over is charged.
 */
export class Handover {
  private readonly seen = new Set<string>();
  private reported = 0;

  /** @param made the size the model was asked for; that of the request when absent */
  constructor(
    private readonly request: RenderRequest,
    private readonly context: RenderContext,
    private readonly made: PictureSize = request,
  ) {}

  /** How many were handed over. */
  get count(): number {
    return this.seen.size;
  }

  get isComplete(): boolean {
    return this.count >= (this.request.clip ? 1 : this.request.images);
  }

  /**
   * A result that came before, or that is one too many, is passed over.
   * @throws ProviderError of class `model` for what was not ordered, `cancelled`, or what the receiver throws
   */
  async add(bytes: Uint8Array): Promise<void> {
    this.throwIfCancelled();
    const digest = createHash('sha256').update(bytes).digest('base64');
    if (this.isComplete || this.seen.has(digest)) return;
    const index = this.count;
    const image = await this.checked(bytes, index);
    this.seen.add(digest);
    this.throwIfCancelled();
    await this.context.onImage(image);
    this.progress(1);
  }

  /** How far the next one is, 0 to 1, as its server says. */
  progress(fractionOfNext: number): void {
    const wanted = this.request.clip ? 1 : this.request.images;
    const whole = fractionOfNext >= 1 ? this.count : this.count + Math.max(0, fractionOfNext);
    const total = Math.min(1, whole / wanted);
    if (!(total > this.reported)) return;
    this.reported = total;
    this.context.onProgress(total);
  }

  /** A look at the next one, should somebody want it, with the watermark that it is going to have. Never throws. */
  async preview(bytes: Uint8Array, at?: RenderPreview['at']): Promise<void> {
    const { previews } = this.context;
    if (!previews?.isOpen) return;
    const preview = await previewOf(bytes, this.request).catch(() => undefined);
    if (preview) previews.take({ index: this.count, ...preview, ...(at && { at }) });
  }

  /** @throws ProviderError of class `model` when nothing was handed over */
  end(): void {
    if (this.count === 0) throw new ProviderError('model', 'the model made nothing');
    if (this.reported < 1) this.context.onProgress(1);
  }

  private async checked(bytes: Uint8Array, index: number): Promise<RenderedImage> {
    const { clip, width, height, mediaType } = this.request;
    if (clip === undefined) {
      const picture = await fitted(bytes, this.request, this.made);
      return { index, bytes: withoutTexts(picture, mediaType), mediaType, width, height };
    }
    const found = sniffOutput(bytes);
    const ordered = clip.mediaTypes.find((type) => found?.moves && type === found.mediaType);
    if (found === undefined || ordered === undefined) {
      throw new ProviderError('model', `the model made no ${clip.mediaTypes.join(' or ')} clip`);
    }
    if (found.width !== width || found.height !== height) {
      const sizes = `${found.width}x${found.height} instead of ${width}x${height}`;
      throw new ProviderError('model', `the model made a clip of ${sizes} pixels`);
    }
    return { index, bytes: withoutTexts(bytes, ordered), mediaType: ordered, width, height };
  }

  private throwIfCancelled(): void {
    if (this.context.signal.aborted) {
      throw new ProviderError('cancelled', 'the rendering was cancelled');
    }
  }
}

/** A file may turn out to be cut short only now. */
function withoutTexts(bytes: Uint8Array, mediaType: OutputMediaType): Uint8Array {
  try {
    return withoutNotes(bytes, mediaType);
  } catch (cause) {
    if (!(cause instanceof UnreadableImage)) throw cause;
    throw new ProviderError('model', `the model made no readable file: ${cause.message}`, {
      cause,
    });
  }
}

import {
  type GenerationProvider,
  type ImageMediaType,
  ProviderError,
  type RenderContext,
  type RenderRequest,
} from '@imprest/application';
import { sharp } from './rendering/quiet-sharp.js';
import { checkRequest } from './request-limits.js';

const MOST_KEPT = 32;
const GREY = { r: 118, g: 124, b: 132 };

/**
 * Hands out one flat grey image of the size and type asked for, made once and kept: prompt, seed and
 * references change nothing. For benchmarks of what surrounds a provider; of no use to anyone else.
 */
export class NoOpProvider implements GenerationProvider {
  readonly name = 'noop';
  private readonly kept = new Map<string, Promise<Uint8Array>>();

  async render(request: RenderRequest, context: RenderContext): Promise<void> {
    checkRequest(request);
    const { width, height, mediaType, images } = request;
    const bytes = await this.imageOf(width, height, mediaType);
    for (let index = 0; index < images; index += 1) {
      if (context.signal.aborted)
        throw new ProviderError('cancelled', 'the rendering was cancelled');
      await context.onImage({ index, bytes, mediaType, width, height });
      context.onProgress((index + 1) / images);
    }
  }

  async close(): Promise<void> {
    this.kept.clear();
  }

  private imageOf(width: number, height: number, mediaType: ImageMediaType): Promise<Uint8Array> {
    const key = `${mediaType} ${width}x${height}`;
    const known = this.kept.get(key);
    if (known) return known;
    const [oldest] = this.kept.keys();
    if (this.kept.size >= MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    const made = flatImage(width, height, mediaType);
    this.kept.set(key, made);
    made.catch(() => this.kept.delete(key));
    return made;
  }
}

async function flatImage(
  width: number,
  height: number,
  mediaType: ImageMediaType,
): Promise<Uint8Array> {
  const image = sharp({ create: { width, height, channels: 3, background: GREY } });
  const format = mediaType.slice('image/'.length) as 'png' | 'jpeg' | 'webp';
  const { data } = await image.toFormat(format).toUint8Array();
  return data;
}

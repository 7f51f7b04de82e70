import {
  type ClipRequest,
  type GenerationProvider,
  type ImageMediaType,
  type OutputMediaType,
  ProviderError,
  type RenderContext,
  type RenderRequest,
} from '@imprest/application';
import { animatedWebp, type FrameFormat } from './motion/animated-webp.js';
import { sharp } from './rendering/quiet-sharp.js';
import { checkRequest } from './request-limits.js';

const MOST_KEPT = 32;
const GREY = { r: 118, g: 124, b: 132 };
/** Levels of the frames of a clip, by turns. */
const [DARK, LIGHT] = [120, 160];

interface FlatOutput {
  readonly bytes: Uint8Array;
  readonly mediaType: OutputMediaType;
}

/**
 * Hands out one flat grey image of the size and type asked for, or a clip that blinks, made once and kept: prompt,
 * seed and references change nothing. For benchmarks of what surrounds a provider; of no use to anyone else.
 */
export class NoOpProvider implements GenerationProvider {
  readonly name = 'noop';
  private readonly kept = new Map<string, Promise<Uint8Array>>();

  async render(request: RenderRequest, context: RenderContext): Promise<void> {
    checkRequest(request);
    const { width, height, images } = request;
    const output = await this.outputOf(request);
    for (let index = 0; index < images; index += 1) {
      if (context.signal.aborted)
        throw new ProviderError('cancelled', 'the rendering was cancelled');
      await context.onImage({ index, ...output, width, height });
      context.onProgress((index + 1) / images);
    }
  }

  async close(): Promise<void> {
    this.kept.clear();
  }

  private async outputOf(request: RenderRequest): Promise<FlatOutput> {
    const { clip, width, height, mediaType } = request;
    if (clip) return { bytes: await this.clipOf(clip, width, height), mediaType: 'image/webp' };
    const key = `${mediaType} ${width}x${height}`;
    return {
      bytes: await this.remembered(key, () => flatImage(width, height, mediaType)),
      mediaType,
    };
  }

  private clipOf(
    { mediaTypes, durationSeconds, framesPerSecond }: ClipRequest,
    width: number,
    height: number,
  ): Promise<Uint8Array> {
    if (!mediaTypes.includes('image/webp')) {
      throw new ProviderError('model', `it makes no ${mediaTypes.join(' or ')}`);
    }
    const format = { width, height, frames: durationSeconds * framesPerSecond, framesPerSecond };
    return this.remembered(JSON.stringify(format), () => blinkingClip(format));
  }

  private remembered(key: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const known = this.kept.get(key);
    if (known) return known;
    const [oldest] = this.kept.keys();
    if (this.kept.size >= MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    const made = make();
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

function blinkingClip(format: FrameFormat): Promise<Uint8Array> {
  const bytes = format.width * format.height * 3;
  const pixels = new Uint8Array(bytes * format.frames);
  for (let frame = 0; frame < format.frames; frame += 1) {
    pixels.fill(frame % 2 === 0 ? DARK : LIGHT, frame * bytes, (frame + 1) * bytes);
  }
  return animatedWebp(pixels, format);
}

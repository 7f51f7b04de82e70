import { type DomainError, validationError } from '../shared/domain-error.js';
import type { GenerationParameters } from './events.js';

/** What a video model takes. */
export interface VideoLimits {
  /** Whole seconds. */
  readonly minSeconds: number;
  readonly maxSeconds: number;
  /** When a request names no duration. */
  readonly defaultSeconds: number;
  /** Pixels of a clip's longer side at most; a source that is smaller is not enlarged. */
  readonly maxSide: number;
  readonly maxPromptCharacters: number;
  /** Whether a caller may choose the seed. */
  readonly seed: boolean;
}

/** The image that is set in motion. */
export interface SourceImage {
  readonly index: number;
  readonly assetId: string;
  readonly width: number;
  readonly height: number;
}

/** A request for a clip as any dialect states it, types checked, defaults not yet applied. */
export interface RequestedVideo {
  readonly sourceGenerationId: string;
  /** Missing for an estimate: the price does not depend on it. */
  readonly source?: SourceImage;
  readonly durationSeconds?: number;
  /** Already chosen at random when the caller named none. */
  readonly seed: number;
  readonly watermark?: boolean;
  readonly guidanceScale?: number;
}

/** Video encoders take even sides only. */
const even = (side: number) => Math.max(2, Math.round(side / 2) * 2);

/** Pixels of a clip of an image: its shape, no larger than the longest side allows. */
export function clipPixels(
  { width, height }: Pick<SourceImage, 'width' | 'height'>,
  maxSide: number,
): readonly [number, number] {
  const scale = Math.min(1, maxSide / Math.max(width, height));
  return [even(width * scale), even(height * scale)];
}

/** Applies defaults and limits. Errors name the field as the native dialect does. */
export function normaliseVideo(
  request: RequestedVideo,
  limits: VideoLimits,
): GenerationParameters | DomainError {
  const { minSeconds, maxSeconds, defaultSeconds, maxSide } = limits;
  const { sourceGenerationId, source, durationSeconds = defaultSeconds } = request;
  const isWhole = Number.isSafeInteger(durationSeconds);
  if (!isWhole || durationSeconds < minSeconds || durationSeconds > maxSeconds) {
    const rule = `must be a whole number of seconds from ${minSeconds} to ${maxSeconds}`;
    return validationError('duration', rule);
  }
  const [width, height] = source === undefined ? [null, null] : clipPixels(source, maxSide);
  return {
    width,
    height,
    size: width === null ? 'auto' : `${width}x${height}`,
    aspectRatio: 'auto',
    images: 1,
    sequential: false,
    seed: request.seed,
    watermark: request.watermark ?? false,
    guidanceScale: request.guidanceScale ?? 7.5,
    responseFormat: 'url',
    referencesCount: 0,
    video: {
      sourceGenerationId,
      sourceImage: source?.index ?? 0,
      sourceAssetId: source?.assetId ?? '',
      durationSeconds,
    },
  };
}

import type { SizeClass } from '../pricing/price-book.js';
import { type DomainError, validationError } from '../shared/domain-error.js';
import type { AspectRatio, GenerationParameters } from './events.js';
import {
  beyondPixels,
  generalImageLimits,
  type ImageLimits,
  MAX_IMAGES,
  MAX_PIXELS,
  unsoldShape,
} from './image-limits.js';
import { isPreset, presetPixels, type Shape } from './size-presets.js';

export const DEFAULT_SEQUENTIAL_IMAGES = 4;
export const MAX_SEED = 2 ** 32 - 1;
export const MIN_PIXELS = 3_600_000;
/** Of pictures whose pixels a dialect states itself. */
export const MIN_SIDE = 64;
const MOST_ELONGATED = 16;

/** Pixels that a dialect has worked out in its own terms, and the size class that they are sold as. */
export interface ExactPixels {
  readonly width: number;
  readonly height: number;
  readonly sizeClass: SizeClass;
}

/** A request as any dialect states it, types checked, defaults not yet applied. */
export interface RequestedParameters {
  /** Goes before `size` and `aspectRatio`, and is not bound to the least size of the native dialect. */
  readonly pixels?: ExactPixels;
  readonly size?: string;
  readonly aspectRatio?: AspectRatio;
  readonly images?: number;
  readonly sequential?: boolean;
  readonly maxSequentialImages?: number;
  /** Already chosen at random when the caller named none. */
  readonly seed: number;
  readonly watermark?: boolean;
  readonly guidanceScale?: number;
  readonly responseFormat?: 'url' | 'b64_json';
  readonly referencesCount: number;
}

export interface NormalisedParameters {
  readonly parameters: GenerationParameters;
  readonly sizeClass: SizeClass;
}

interface Dimensions {
  readonly width: number | null;
  readonly height: number | null;
  readonly size: string;
  readonly sizeClass: SizeClass;
}

/** The shape that a picture of these pixels has; within 10 % of square is square. */
export function shapeOf(width: number, height: number): Shape {
  if (width > height * 1.1) return 'landscape';
  return height > width * 1.1 ? 'portrait' : 'square';
}

function explicitDimensions(size: string): Dimensions | DomainError {
  const match = /^([1-9][0-9]{0,4})x([1-9][0-9]{0,4})$/.exec(size);
  if (match === null) return validationError('size', 'must be 2K, 4K or WxH such as 2560x1440');
  const width = Number(match[1]);
  const height = Number(match[2]);
  const pixels = width * height;
  if (pixels < MIN_PIXELS || pixels > MAX_PIXELS) {
    const rule = `must have ${MIN_PIXELS} to ${MAX_PIXELS} pixels in all, ${size} has ${pixels}`;
    return validationError('size', rule);
  }
  return oblong(width, height) ?? { width, height, size, sizeClass: 'custom' };
}

function exactDimensions({ width, height, sizeClass }: ExactPixels): Dimensions | DomainError {
  const size = `${width}x${height}`;
  if (Math.min(width, height) < MIN_SIDE || width * height > MAX_PIXELS) {
    const rule = `must have sides of at least ${MIN_SIDE} and at most ${MAX_PIXELS} pixels in all`;
    return validationError('size', rule);
  }
  return oblong(width, height) ?? { width, height, size, sizeClass };
}

function oblong(width: number, height: number): DomainError | undefined {
  if (width <= height * MOST_ELONGATED && height <= width * MOST_ELONGATED) return undefined;
  return validationError('size', 'must have a width to height ratio of 1/16 to 16');
}

function dimensions(request: RequestedParameters): Dimensions | DomainError {
  if (request.pixels !== undefined) return exactDimensions(request.pixels);
  const size = request.size ?? '2K';
  if (!isPreset(size)) return explicitDimensions(size);
  const ratio = request.aspectRatio ?? 'auto';
  if (ratio === 'auto' && request.referencesCount > 0) {
    return { width: null, height: null, size, sizeClass: size };
  }
  const [width, height] = presetPixels(size, ratio === 'auto' ? 'square' : ratio);
  return { width, height, size, sizeClass: size };
}

function imageCount(
  request: RequestedParameters,
  { maxImages }: ImageLimits,
): number | DomainError {
  const { images = 1, sequential = false, maxSequentialImages, referencesCount } = request;
  if (sequential && images > 1) {
    return validationError('sequential', 'cannot be combined with n greater than 1');
  }
  const together = MAX_IMAGES - referencesCount;
  const most = Math.min(together, maxImages);
  const [field, count] = sequential
    ? [
        'sequentialOptions.maxImages',
        maxSequentialImages ?? Math.min(DEFAULT_SEQUENTIAL_IMAGES, most),
      ]
    : ['n', images];
  if (count > together) {
    return validationError(String(field), `and references together must be at most ${MAX_IMAGES}`);
  }
  if (count > most) return validationError(String(field), `must be at most ${most} for this model`);
  return Number(count);
}

/**
 * Applies defaults, the rules that join fields and the limits of the model. Errors name the field as the
 * native dialect does.
 */
export function normaliseParameters(
  request: RequestedParameters,
  limits: ImageLimits = generalImageLimits,
): NormalisedParameters | DomainError {
  if (request.referencesCount > limits.maxReferences) {
    return validationError('references', `must be at most ${limits.maxReferences}`);
  }
  const images = imageCount(request, limits);
  if (typeof images !== 'number') return images;
  const found = dimensions(request);
  if ('code' in found) return found;
  const beyond = beyondPixels(found, limits) ?? unsoldShape(request.aspectRatio, limits);
  if (beyond !== undefined) return beyond;
  const { width, height, size, sizeClass } = found;
  const parameters: GenerationParameters = {
    width,
    height,
    size,
    aspectRatio: request.aspectRatio ?? 'auto',
    images,
    sequential: request.sequential ?? false,
    seed: request.seed,
    watermark: request.watermark ?? false,
    guidanceScale: request.guidanceScale ?? 7.5,
    responseFormat: request.responseFormat ?? 'url',
    referencesCount: request.referencesCount,
    video: null,
  };
  return { parameters, sizeClass };
}

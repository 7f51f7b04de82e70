import { type DomainError, validationError } from '../shared/domain-error.js';
import type { AspectRatio } from './events.js';
import { mostPixels } from './size-presets.js';

export const MAX_IMAGES = 15;
export const MAX_REFERENCES = 10;
/** About 2,000 tokens of English. */
export const MAX_PROMPT_CHARACTERS = 8_000;
export const MAX_PIXELS = 16_777_216;

export const aspectRatios = [
  '1:1',
  '16:9',
  '9:16',
  '4:3',
  '3:4',
  '3:2',
  '2:3',
  '21:9',
  '9:21',
] as const;
export type WidthToHeight = (typeof aspectRatios)[number];

/** What a model takes. It may be less than the product's own bounds, never more. */
export interface ImageLimits {
  /** Images of one request, a series included. */
  readonly maxImages: number;
  readonly maxReferences: number;
  /** Pixels of one image. */
  readonly maxPixels: number;
  readonly maxPromptCharacters: number;
  readonly aspectRatios: readonly WidthToHeight[];
  /** Whether a caller may choose the seed. */
  readonly seed: boolean;
}

/** The product's own bounds. */
export const generalImageLimits: ImageLimits = {
  maxImages: MAX_IMAGES,
  maxReferences: MAX_REFERENCES,
  maxPixels: MAX_PIXELS,
  maxPromptCharacters: MAX_PROMPT_CHARACTERS,
  aspectRatios,
  seed: true,
};

const ratioOf = { square: '1:1', landscape: '16:9', portrait: '9:16' } as const;

interface Dimensions {
  readonly width: number | null;
  readonly height: number | null;
  readonly size: string;
}

export function beyondPixels(
  { width, height, size }: Dimensions,
  { maxPixels }: ImageLimits,
): DomainError | undefined {
  const pixels = width === null || height === null ? mostPixels(size) : width * height;
  if (pixels <= maxPixels) return undefined;
  const rule = `must have at most ${maxPixels} pixels in all for this model, ${size} has ${pixels}`;
  return validationError('size', rule);
}

export function unsoldShape(
  shape: AspectRatio | undefined,
  limits: ImageLimits,
): DomainError | undefined {
  if (shape === undefined || shape === 'auto') return undefined;
  if (limits.aspectRatios.includes(ratioOf[shape])) return undefined;
  return validationError('aspectRatio', `${shape} is not supported by this model`);
}

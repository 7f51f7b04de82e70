import type { GenerationParameters } from '@imprest/domain';

const SIDE_OF: Readonly<Record<string, number>> = { '2K': 2048, '4K': 4096 };
const PIXELS_IN_MEGAPIXEL = 1_000_000;
const USUAL_SIDE = 2048;

function megapixels({ width, height, size }: GenerationParameters): number {
  const side = SIDE_OF[size] ?? USUAL_SIDE;
  return ((width ?? side) * (height ?? side)) / PIXELS_IN_MEGAPIXEL;
}

/**
 * Units of work in a request: megapixels over all its images, or seconds of its clip.
 * @param made images, when fewer than were asked for
 */
export function amountOf(parameters: GenerationParameters, made = parameters.images): number {
  const { video } = parameters;
  return video ? video.durationSeconds : megapixels(parameters) * made;
}

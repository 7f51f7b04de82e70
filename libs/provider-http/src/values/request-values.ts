import type { RenderRequest } from '@imprest/application';

/** What a request, or the operator, can give a value to. */
export const TEXT_VALUES = ['prompt', 'negativePrompt'] as const;
export const WHOLE_VALUES = ['seed', 'width', 'height', 'steps', 'images', 'frames'] as const;
export const DECIMAL_VALUES = ['guidance', 'framesPerSecond', 'durationSeconds'] as const;

export type TextValueName = (typeof TEXT_VALUES)[number];
export type NumberValueName = (typeof WHOLE_VALUES)[number] | (typeof DECIMAL_VALUES)[number];
export type RequestValues = Readonly<
  Partial<Record<TextValueName, string> & Record<NumberValueName, number>>
>;

/** Images that are made at once. */
export interface Batch {
  /** The place of its first image among all. */
  readonly first: number;
  readonly count: number;
}

/** Images of a set differ by seed: that of a batch counts on from the last one's. */
export function valuesOf(request: RenderRequest, { first, count }: Batch): RequestValues {
  const { prompt, negativePrompt = '', seed, width, height, guidanceScale, clip } = request;
  return {
    ...{ prompt, negativePrompt, width, height },
    ...{ seed: seed + first, images: count, guidance: guidanceScale },
    ...(clip && {
      frames: Math.round(clip.durationSeconds * clip.framesPerSecond),
      framesPerSecond: clip.framesPerSecond,
      durationSeconds: clip.durationSeconds,
    }),
  };
}

/** @param most images in one batch */
export function batchesOf({ images, clip }: RenderRequest, most: number): readonly Batch[] {
  const total = clip ? 1 : images;
  return Array.from({ length: Math.ceil(total / most) }, (_, index) => {
    const first = index * most;
    return { first, count: Math.min(most, total - first) };
  });
}

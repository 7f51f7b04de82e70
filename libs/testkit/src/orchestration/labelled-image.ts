import type { InspectedOutput, InspectOutput } from '@imprest/application';

const FORM = /^(image\/(?:png|jpeg|webp)|video\/mp4) (\d+)x(\d+) (moves )?/;

/** Bytes that `inspectOutput` takes for a still image of that size; the label makes them differ. */
export function imageOf(
  width: number,
  height: number,
  label = '',
  mediaType: InspectedOutput['mediaType'] = 'image/png',
): Uint8Array {
  return Buffer.from(`${mediaType} ${width}x${height} ${label}`);
}

/** Bytes that `inspectOutput` takes for a clip of that size. */
export function clipOf(
  width: number,
  height: number,
  mediaType: InspectedOutput['mediaType'] = 'image/webp',
): Uint8Array {
  return imageOf(width, height, 'moves ', mediaType);
}

export const inspectOutput: InspectOutput = (bytes) => {
  const text = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  const [, mediaType, width, height, moves] = FORM.exec(text) ?? [];
  if (mediaType === undefined) return undefined;
  return {
    mediaType: mediaType as InspectedOutput['mediaType'],
    moves: moves !== undefined,
    width: Number(width),
    height: Number(height),
  };
};

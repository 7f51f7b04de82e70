import type { InspectedImage, InspectImage } from '@imprest/application';

const FORM = /^image\/(png|jpeg|webp) (\d+)x(\d+) /;

/** Bytes that `inspectImage` takes for a still image of that size; the label makes them differ. */
export function imageOf(
  width: number,
  height: number,
  label = '',
  mediaType: InspectedImage['mediaType'] = 'image/png',
): Uint8Array {
  return Buffer.from(`${mediaType} ${width}x${height} ${label}`);
}

export const inspectImage: InspectImage = (bytes) => {
  const text = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  const [, subtype, width, height] = FORM.exec(text) ?? [];
  if (subtype === undefined) return undefined;
  const mediaType = `image/${subtype}` as InspectedImage['mediaType'];
  return { mediaType, width: Number(width), height: Number(height) };
};

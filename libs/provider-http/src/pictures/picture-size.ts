/** Pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The size to ask a model for that makes sides of whole multiples only: the least one that holds the picture. */
export function sizeInMultiples({ width, height }: PictureSize, multiple: number): PictureSize {
  const up = (side: number) => Math.ceil(side / multiple) * multiple;
  return { width: up(width), height: up(height) };
}

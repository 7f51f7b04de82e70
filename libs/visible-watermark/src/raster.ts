/** 8-bit RGB, three bytes a pixel, rows from the top. */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Puts a colour (0 to 255) over one pixel; coverage 0 to 1. */
export function blend(
  { data, width }: Raster,
  x: number,
  y: number,
  red: number,
  green: number,
  blue: number,
  coverage: number,
): void {
  const index = (y * width + x) * 3;
  const r = data[index] as number;
  const g = data[index + 1] as number;
  const b = data[index + 2] as number;
  data[index] = r + (red - r) * coverage + 0.5;
  data[index + 1] = g + (green - g) * coverage + 0.5;
  data[index + 2] = b + (blue - b) * coverage + 0.5;
}

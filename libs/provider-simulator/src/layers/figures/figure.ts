import type { Rgb } from '../../image/colour.js';
import type { Column, Layer } from '../../image/column.js';

/** Colour written by a figure's `shade`. */
export type Paint = Float32Array;

/** A small thing with its own coordinates: u to the right, v down, in units of its size. */
export interface Figure {
  /** Origin, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Pixels for one unit. */
  readonly size: number;
  /** Left, top, right and bottom, in units. */
  readonly box: readonly [number, number, number, number];
  /** Writes the colour at a place and returns coverage, 0 to 1; `pixel` is the width of one pixel in units. */
  shade(u: number, v: number, pixel: number, paint: Paint): number;
}

/** Figures from back to front. */
export class Figures implements Layer {
  private readonly out: Paint = new Float32Array(3);

  constructor(private readonly figures: readonly Figure[]) {}

  paint(column: Column): void {
    for (const figure of this.figures) {
      eachRow(column, figure, this.out, (row, share) => {
        const [red, green, blue] = this.out as unknown as [number, number, number];
        column.cover(row, red, green, blue, share);
      });
    }
  }
}

/** The same figures upside down in still water, each about the row of its own origin. */
export class FigureReflections implements Layer {
  private readonly out: Paint = new Float32Array(3);

  constructor(private readonly figures: readonly Figure[]) {}

  paint(column: Column): void {
    const { mirror } = column;
    for (const figure of this.figures) {
      eachRow(column, figure, this.out, (row, share) => {
        const index = Math.round(2 * figure.y - 1 - row) * 3;
        if (row >= figure.y || index >= mirror.length) return;
        for (let channel = 0; channel < 3; channel += 1) {
          const below = mirror[index + channel] as number;
          mirror[index + channel] = below + ((this.out[channel] as number) - below) * share;
        }
      });
    }
  }
}

function eachRow(
  column: Column,
  figure: Figure,
  out: Paint,
  visit: (row: number, share: number) => void,
): void {
  const { x, y, size, box } = figure;
  const u = (column.x + 0.5 - x) / size;
  if (u < box[0] || u > box[2]) return;
  const last = Math.min(column.height - 1, Math.ceil(y + box[3] * size));
  for (let row = Math.max(0, Math.floor(y + box[1] * size)); row <= last; row += 1) {
    const share = figure.shade(u, (row + 0.5 - y) / size, 1 / size, out);
    if (share > 0) visit(row, share);
  }
}

/** Coverage of a pixel at a signed distance inside an edge. */
export const within = (distance: number, pixel: number): number => {
  const share = distance / pixel + 0.5;
  return share < 0 ? 0 : share > 1 ? 1 : share;
};

/** Writes a colour times a tone; gives the coverage back. */
export function coloured(paint: Paint, colour: Rgb, coverage: number, tone: number): number {
  if (coverage > 0) {
    paint[0] = colour[0] * tone;
    paint[1] = colour[1] * tone;
    paint[2] = colour[2] * tone;
  }
  return coverage;
}

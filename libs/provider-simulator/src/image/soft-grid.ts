import type { Column } from './column.js';

/** Premultiplied colour and coverage on a coarse grid, read back smoothly between its points. */
export class SoftGrid {
  /** Four numbers a point: red, green, blue times coverage, coverage. Index (column * rows + row) * 4. */
  readonly points: Float32Array;
  readonly columns: number;
  readonly rows: number;
  private readonly between: Float32Array;

  constructor(
    width: number,
    private readonly height: number,
    /** Pixels between two points. */
    readonly pitch: number,
  ) {
    this.columns = Math.ceil(width / pitch) + 2;
    this.rows = Math.ceil(height / pitch) + 2;
    this.points = new Float32Array(this.columns * this.rows * 4);
    this.between = new Float32Array(this.rows * 4);
  }

  /** Paints over the rows that the grid covers. */
  blend(column: Column): void {
    const { between, pitch, height } = this;
    const { rgb } = column;
    this.readColumn(column.x / pitch);
    const step = 1 / pitch;
    for (let row = 0, index = 0; row < height; row += 1, index += 3) {
      const place = row * step;
      const upper = place | 0;
      const share = place - upper;
      const a = upper * 4;
      const kept = 1 - mix(between, a + 3, share);
      if (kept === 1) continue;
      rgb[index] = (rgb[index] as number) * kept + mix(between, a, share);
      rgb[index + 1] = (rgb[index + 1] as number) * kept + mix(between, a + 1, share);
      rgb[index + 2] = (rgb[index + 2] as number) * kept + mix(between, a + 2, share);
    }
  }

  private readColumn(place: number): void {
    const { between, points, rows } = this;
    const column = Math.floor(place);
    const share = place - column;
    const left = column * rows * 4;
    const right = left + rows * 4;
    for (let index = 0; index < between.length; index += 1) {
      const from = points[left + index] as number;
      between[index] = from + ((points[right + index] as number) - from) * share;
    }
  }
}

/** Between one point and the next. */
function mix(points: Float32Array, index: number, share: number): number {
  const from = points[index] as number;
  return from + ((points[index + 4] as number) - from) * share;
}

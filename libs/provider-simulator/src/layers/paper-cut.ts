import type { Chance } from '../chance/chance.js';
import { LatticeNoise } from '../chance/lattice-noise.js';
import { alongStops, clamp, type Rgb, smoothstep } from '../image/colour.js';
import type { Column, Layer } from '../image/column.js';
import type { View } from '../image/view.js';

/** Points across the picture of the height field that is cut into sheets. */
const COLUMNS = 512;

/** Sheets of coloured paper, each with a smooth hole that shows the next, with its shadow on it. */
export class PaperCut implements Layer {
  private readonly rows: number;
  private readonly pitch: number;
  private readonly heights: Float32Array;
  private readonly colours: readonly Rgb[];

  constructor(
    private readonly view: View,
    chance: Chance,
    palette: readonly Rgb[],
  ) {
    this.pitch = Math.max(1, view.width / COLUMNS);
    this.rows = Math.ceil(view.height / this.pitch) + 2;
    const sheets = chance.whole(8, 11);
    const stops = palette.map((stop, step) => [step / (palette.length - 1), stop] as const);
    this.colours = Array.from({ length: sheets }, (_, sheet) =>
      alongStops(stops, sheet / (sheets - 1)),
    );
    this.heights = this.raise(chance);
  }

  paint(column: Column): void {
    const { heights, rows, pitch, colours } = this;
    const { rgb } = column;
    const place = column.x / pitch;
    const left = Math.floor(place) * rows;
    const share = place - Math.floor(place);
    const soft = (0.0032 * colours.length * 1024) / this.view.unit;
    for (let row = 0; row < column.height; row += 1) {
      const down = row / pitch;
      const at = left + Math.floor(down);
      const v = down - Math.floor(down);
      const a = heights[at] as number;
      const b = heights[at + rows] as number;
      const c = heights[at + 1] as number;
      const d = heights[at + rows + 1] as number;
      const upper = a + (b - a) * share;
      const level = clamp(upper + (c + (d - c) * share - upper) * v) * (colours.length - 1.001);
      const sheet = Math.floor(level);
      const within = level - sheet;
      const colour = colours[sheet] as Rgb;
      const next = colours[sheet + 1] as Rgb;
      const cut = smoothstep(1 - soft, 1, within);
      const tone = (1 - 0.42 * smoothstep(0.45, 1, within)) * (1.03 - 0.05 * within);
      for (let channel = 0; channel < 3; channel += 1) {
        const flat = (colour[channel] as number) * tone;
        rgb[row * 3 + channel] = flat + ((next[channel] as number) * 1.06 - flat) * cut;
      }
    }
  }

  private raise(chance: Chance): Float32Array {
    const { view, rows, pitch } = this;
    const columns = Math.ceil(view.width / pitch) + 2;
    const heights = new Float32Array(columns * rows);
    const noise = new LatticeNoise(chance.seed);
    const scale = chance.between(1.1, 1.9);
    const originX = chance.between(0, 90) + view.travel * 0.02;
    const originY = chance.between(0, 90) + view.travel * 0.012;
    for (let column = 0; column < columns; column += 1) {
      if (column % 16 === 0) view.checkpoint();
      for (let row = 0; row < rows; row += 1) {
        const u = ((column * pitch) / view.unit) * scale + originX;
        const v = ((row * pitch) / view.unit) * scale + originY;
        const warp = noise.fbm(u * 0.9 + 40, v * 0.9, 2) * 1.5;
        const height = noise.fbm(u + warp, v + warp * 0.8, 2);
        heights[column * rows + row] = (height - 0.18) * 1.5;
      }
    }
    return heights;
  }
}

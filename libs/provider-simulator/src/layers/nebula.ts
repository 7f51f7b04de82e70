import type { Chance } from '../chance/chance.js';
import { LatticeNoise } from '../chance/lattice-noise.js';
import { hueTurned, mixed, type Rgb, rgb, smoothstep } from '../image/colour.js';
import type { Column, Layer } from '../image/column.js';
import { SoftGrid } from '../image/soft-grid.js';
import type { View } from '../image/view.js';

/** Points across the picture: gas is soft, more would not show. */
const COLUMNS = 420;
const VOID: Rgb = rgb('#05060f');

/** Glowing gas in two colours, folded by its own noise. Covers the whole picture. */
export class Nebula implements Layer {
  private readonly grid: SoftGrid;

  constructor(view: View, chance: Chance, tint: Rgb | undefined) {
    const noise = new LatticeNoise(chance.seed);
    const warm = tint ?? hueTurned(rgb('#d0466a'), chance.next());
    const cold = hueTurned(warm, chance.between(0.3, 0.5));
    const angle = chance.between(-0.7, 0.7);
    const originX = chance.between(0, 90) + view.travel * 0.015;
    this.grid = new SoftGrid(view.width, view.height, Math.max(1, view.width / COLUMNS));
    const { points, columns, rows, pitch } = this.grid;
    for (let column = 0; column < columns; column += 1) {
      if (column % 16 === 0) view.checkpoint();
      for (let row = 0; row < rows; row += 1) {
        const u = (column * pitch - view.centre) / view.unit;
        const v = (row * pitch - view.height / 2) / view.unit;
        const band = Math.exp(-((v * Math.cos(angle) - u * Math.sin(angle)) ** 2) * 5);
        const x = u * 1.6 + originX;
        const fold = noise.fbm(x * 1.3, v * 2.1 + 50, 4) - 0.5;
        const gas = noise.fbm(x + fold * 2.2, v * 1.6 + fold * 1.7, 6);
        const dust = noise.ridged(x * 1.4 - fold, v * 2.2 + 20, 5);
        const glow =
          smoothstep(0.3, 0.85, gas * (0.55 + 0.75 * band)) *
          (1 - 0.75 * smoothstep(0.35, 0.75, dust));
        const hue = smoothstep(-0.25, 0.25, fold + 0.35 * (gas - 0.5));
        const light = mixed(cold, warm, hue);
        const core = smoothstep(0.7, 1, glow);
        points.set(
          [0, 1, 2].map(
            (channel) =>
              (VOID[channel] as number) + (light[channel] as number) * glow * 0.95 + core * 0.25,
          ),
          (column * rows + row) * 4,
        );
        points[(column * rows + row) * 4 + 3] = 1;
      }
    }
  }

  paint(column: Column): void {
    this.grid.blend(column);
  }
}

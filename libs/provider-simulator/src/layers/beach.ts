import type { Chance } from '../chance/chance.js';
import { LatticeNoise } from '../chance/lattice-noise.js';
import { clamp, mixed, type Rgb, rgb, smoothstep, times } from '../image/colour.js';
import type { Column, Layer } from '../image/column.js';
import type { View } from '../image/view.js';

const DRY: Rgb = rgb('#d9bd92');
const WET: Rgb = rgb('#8a7354');

/** Sand in front of the sea, dark where the last wave was, with foam where the next one ends. */
export class Beach implements Layer {
  private readonly noise: LatticeNoise;
  private readonly dry: Rgb;
  private readonly wet: Rgb;
  private readonly foam: Rgb;
  private readonly side: number;

  constructor(
    private readonly view: View,
    chance: Chance,
    light: Rgb,
  ) {
    this.noise = new LatticeNoise(chance.seed);
    this.side = chance.side();
    this.dry = times(DRY, light);
    this.wet = times(WET, light);
    this.foam = times([0.97, 0.98, 1], light);
  }

  paint(column: Column): void {
    const { view, noise } = this;
    const across = (column.x - view.centre) / view.width;
    const place = (column.x / view.unit) * 1.6 + view.travel * 0.07;
    const swash = noise.fbm(place, 3, 4) - 0.5;
    const edge = 0.3 - 0.3 * across * this.side + 0.16 * swash;
    const first = Math.max(0, Math.floor(view.horizon + view.unit * edge) - 2);
    for (let row = first; row < column.height; row += 1) {
      const depth = (row - view.horizon) / view.unit - edge;
      const lace = noise.fbm((column.x / view.unit) * 26, (row / view.unit) * 46, 3);
      const foam =
        Math.exp(-((depth - 0.004) ** 2) * 9000) +
        0.75 * smoothstep(0.52, 0.66, lace) * Math.exp(-Math.abs(depth) * 26);
      const grain = 0.95 + 0.1 * noise.at(column.x * 0.9, row * 0.9);
      const sand = mixed(this.wet, this.dry, smoothstep(0.02, 0.13 + 0.05 * swash, depth));
      const shore = smoothstep(-0.004, 0.012, depth);
      column.cover(row, sand[0] * grain, sand[1] * grain, sand[2] * grain, shore);
      column.cover(row, this.foam[0], this.foam[1], this.foam[2], clamp(foam) * 0.9);
    }
  }
}

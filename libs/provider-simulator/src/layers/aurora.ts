import type { Chance } from '../chance/chance.js';
import { LatticeNoise } from '../chance/lattice-noise.js';
import { lerp, type Rgb, rgb, smoothstep } from '../image/colour.js';
import type { Column, Layer } from '../image/column.js';
import type { View } from '../image/view.js';

const LOW: Rgb = rgb('#3dfaa0');
const HIGH: Rgb = rgb('#8a5cf0');

/** Curtains of light: bright along a waving lower edge, fading upwards in fine rays. */
export class Aurora implements Layer {
  private readonly noise: LatticeNoise;
  private readonly phases: readonly number[];

  constructor(
    private readonly view: View,
    chance: Chance,
  ) {
    this.noise = new LatticeNoise(chance.seed);
    this.phases = [chance.between(0, 50), chance.between(50, 100), chance.between(100, 150)];
  }

  paint(column: Column): void {
    const { view, noise } = this;
    const across = (column.x - view.centre) / view.unit;
    for (const [index, phase] of this.phases.entries()) {
      const drift = across + phase + view.travel * 0.03;
      const edge = 0.2 + 0.13 * index + 0.3 * (noise.fbm(drift * 1.3, phase, 3) - 0.4);
      const rays = 0.35 + 0.65 * noise.fbm(drift * 21, phase, 3);
      const power =
        smoothstep(0.3, 0.7, noise.at(drift * 1.1 + 7, phase)) * rays * (1.15 - 0.2 * index);
      const reach = 0.16 + 0.3 * noise.at(drift * 2.3, phase + 3);
      this.paintCurtain(column, edge, reach, power);
    }
  }

  private paintCurtain(column: Column, edge: number, reach: number, power: number): void {
    const { view } = this;
    const bottom = Math.min(column.height, Math.round(view.horizon));
    const top = Math.max(0, Math.floor(view.horizon - (edge + reach * 2.6) * view.unit));
    for (let row = top; row < bottom; row += 1) {
      const above = (view.horizon - row) / view.unit - edge;
      const light =
        power * (above > 0 ? Math.exp(-above / (reach * 0.55)) : Math.exp(above / 0.022));
      if (light < 0.004) continue;
      const share = smoothstep(0, reach * 1.6, above);
      column.lighten(
        row,
        light * lerp(LOW[0], HIGH[0], share),
        light * lerp(LOW[1], HIGH[1], share),
        light * lerp(LOW[2], HIGH[2], share),
      );
    }
  }
}

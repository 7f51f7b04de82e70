import type { LatticeNoise } from '../../chance/lattice-noise.js';
import { lerp, mixed, type Rgb, smoothstep } from '../../image/colour.js';
import type { Column, Layer } from '../../image/column.js';
import type { View } from '../../image/view.js';

export interface StudioOptions {
  readonly wall: Rgb;
  readonly table: Rgb;
  readonly wooden: boolean;
  /** Row where the table meets the wall. */
  readonly edge: number;
  /** -1 or 1: the side the window is on. */
  readonly lightSide: number;
  /** Strength of the window's light on the wall, 0 to 1. */
  readonly window: number;
  readonly noise: LatticeNoise;
}

/** A wall and a table in the light of one window. */
export class Studio implements Layer {
  constructor(
    private readonly view: View,
    private readonly options: StudioOptions,
  ) {}

  paint(column: Column): void {
    const { view, options } = this;
    const { rgb } = column;
    const across = (column.x - view.centre) / view.unit;
    const sheen = this.sheenOf(across);
    for (let row = 0; row < column.height; row += 1) {
      const down = (row - options.edge) / view.unit;
      const isTable = smoothstep(-0.004, 0.004, down);
      const wall = isTable < 1 ? this.wallTone(across, down) : 0;
      const tone = lerp(wall, 0.92 + 0.16 * smoothstep(0, 0.3, down) + sheen, isTable);
      const grain = options.wooden && isTable > 0 ? this.grainAt(across, down) : 1;
      const colour: Rgb =
        isTable === 0
          ? options.wall
          : isTable === 1
            ? options.table
            : mixed(options.wall, options.table, isTable);
      const index = row * 3;
      rgb[index] = colour[0] * tone * grain;
      rgb[index + 1] = colour[1] * tone * grain * (2 - grain) ** 0.1;
      rgb[index + 2] = colour[2] * tone * grain;
    }
  }

  private sheenOf(across: number): number {
    return 0.1 * Math.exp(-((across - this.options.lightSide * 0.35) ** 2) * 5);
  }

  /** Falls off away from the window, whose panes lie slanted on the wall. */
  private wallTone(across: number, down: number): number {
    const { lightSide, window } = this.options;
    const falloff =
      0.78 + 0.3 * Math.exp(-((across - lightSide * 0.55) ** 2 * 1.4 + (down + 0.45) ** 2 * 1.6));
    const shadow = 0.14 * Math.exp(down * 16);
    if (window === 0) return falloff - shadow;
    const u = across * lightSide * -1 + 0.12 + (down + 0.4) * 0.55;
    const v = down + 0.42;
    const soft = 0.028;
    const pane =
      smoothstep(-0.26 - soft, -0.26 + soft, u) *
      smoothstep(0.26 + soft, 0.26 - soft, u) *
      smoothstep(-0.3 - soft, -0.3 + soft, v) *
      smoothstep(0.3 + soft, 0.3 - soft, v);
    const bars = smoothstep(0.006, 0.03, Math.abs(u)) * smoothstep(0.006, 0.03, Math.abs(v + 0.06));
    return falloff - shadow + window * 0.3 * pane * bars;
  }

  private grainAt(across: number, down: number): number {
    const { noise } = this.options;
    const depth = 1 / (0.35 + down * 1.4);
    const u = across * depth;
    const plank = Math.floor(depth * 5.5);
    const seam = smoothstep(0, 0.03, Math.abs(depth * 5.5 - plank - 0.5) < 0.485 ? 1 : 0);
    const figure = noise.fbm(u * 2.2 + plank * 17, depth * 70 + noise.at(u * 3, plank) * 5, 3);
    return (0.72 + 0.42 * figure + 0.08 * noise.at(plank * 3.3, 1)) * (0.72 + 0.28 * seam);
  }
}

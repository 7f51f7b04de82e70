import type { LatticeNoise } from '../chance/lattice-noise.js';
import { clamp, mixed, smoothstep } from '../image/colour.js';
import type { Column, Layer } from '../image/column.js';
import { SoftGrid } from '../image/soft-grid.js';
import type { View } from '../image/view.js';
import type { Daylight } from '../scenes/daylight.js';
import type { Sky, SunPlace } from './sky.js';

export interface CloudOptions {
  /** Share of the sky that is covered, 0 to 1. */
  readonly cover: number;
  /** 1 is fair weather; less makes them darker. */
  readonly brightness: number;
  readonly noise: LatticeNoise;
  /** Shifts the whole field, in world units. */
  readonly drift: number;
}

/** Points across the picture: clouds are soft, more would not show. */
const COLUMNS = 512;

/** Clouds on a plane overhead, so that they crowd towards the horizon, lit from the side of the sun. */
export class Clouds implements Layer {
  private readonly grid: SoftGrid;

  constructor(
    private readonly view: View,
    private readonly daylight: Daylight,
    private readonly sun: SunPlace,
    private readonly sky: Sky,
    private readonly options: CloudOptions,
  ) {
    const lastRow = Math.min(view.height, Math.ceil(view.horizon));
    this.grid = new SoftGrid(view.width, lastRow, Math.max(1, view.width / COLUMNS));
    for (let column = 0; column < this.grid.columns; column += 1) {
      if (column % 16 === 0) view.checkpoint();
      for (let row = 0; row < this.grid.rows; row += 1) this.fill(column, row);
    }
  }

  paint(column: Column): void {
    this.grid.blend(column);
  }

  private fill(column: number, row: number): void {
    const { view, grid, daylight, options } = this;
    const x = column * grid.pitch;
    const y = row * grid.pitch;
    const elevation = (view.horizon - y) / view.unit;
    if (elevation <= 0.005) return;
    const here = this.thickness(x, elevation);
    const threshold = 0.66 - options.cover * 0.42;
    const coverage =
      smoothstep(threshold, threshold + 0.2, here) * smoothstep(0.005, 0.09, elevation);
    if (coverage <= 0) return;
    const step = 0.035 * view.unit;
    const dx = this.sun.radius > 0 ? this.sun.x - x : 0;
    const dy = this.sun.radius > 0 ? this.sun.y - y : -view.unit;
    const distance = Math.sqrt(dx * dx + dy * dy) + 1;
    const towards = this.thickness(
      x + (dx / distance) * step,
      Math.max(0.02, elevation - (dy / distance) * 0.035),
    );
    const edge = 1 - smoothstep(threshold + 0.05, threshold + 0.42, here);
    const lit = clamp(
      0.22 + (here - towards) * 5 + edge * 0.5 + 0.25 * Math.exp((-2.2 * distance) / view.unit),
    );
    const body = mixed(daylight.cloudShade, daylight.cloudLit, lit * options.brightness);
    const air = this.sky.colourAt(x, y);
    const seen = mixed(air, body, 0.45 + 0.5 * smoothstep(0, 0.35, elevation));
    const share = coverage * 0.95;
    grid.points.set(
      [seen[0] * share, seen[1] * share, seen[2] * share, share],
      (column * grid.rows + row) * 4,
    );
  }

  private thickness(x: number, elevation: number): number {
    const { noise, drift } = this.options;
    const depth = 1 / (elevation + 0.14);
    const u = ((x - this.view.centre) / this.view.unit) * depth * 0.75 + drift;
    const v = depth * 1.15;
    const warp = noise.fbm(u * 0.9 + 31.4, v * 0.9 + 4.7, 3) - 0.5;
    return noise.fbm(u + warp * 1.1, v * 1.25 + warp * 0.7, 6);
  }
}

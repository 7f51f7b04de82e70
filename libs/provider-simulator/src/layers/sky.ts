import { alongStops, clamp, type Rgb, scaled } from '../image/colour.js';
import type { Column, Layer } from '../image/column.js';
import type { View } from '../image/view.js';
import type { Daylight } from '../scenes/daylight.js';

export interface SunPlace {
  /** Pixels. */
  readonly x: number;
  readonly y: number;
  /** Pixels; 0 hides the disc and keeps the glow. */
  readonly radius: number;
}

const GLOW_STEPS = 4096;
/** Reach of the glow table, in world units at distance one. */
const GLOW_REACH = 4;

/** Gradient by elevation, with the air glowing around the sun or moon. */
export class Sky implements Layer {
  private readonly rows: Float32Array;
  private readonly glow = new Float32Array(GLOW_STEPS);
  private readonly lastRow: number;

  constructor(
    private readonly view: View,
    private readonly daylight: Daylight,
    private readonly sun: SunPlace,
    /** Rows under the horizon to fill with its air, where the land may leave gaps. */
    below = 2,
  ) {
    this.lastRow = Math.min(view.height, Math.ceil(view.horizon) + below);
    this.rows = new Float32Array(view.height * 3);
    for (let row = 0; row < view.height; row += 1) {
      const elevation = Math.max(0, (view.horizon - row) / view.unit);
      this.rows.set(alongStops(daylight.sky, elevation), row * 3);
    }
    for (let step = 0; step < GLOW_STEPS; step += 1) {
      const distance = (step / GLOW_STEPS) * GLOW_REACH;
      this.glow[step] =
        daylight.glowStrength * (0.75 * Math.exp(-distance * 6) + 0.35 * Math.exp(-distance * 1.7));
    }
  }

  /** Colour of the air at a pixel, without disc and clouds. */
  colourAt(x: number, y: number): Rgb {
    const row = clamp(Math.round(y), 0, this.view.height - 1) * 3;
    const share = this.glowAt(x - this.sun.x, y - this.sun.y);
    const { glow } = this.daylight;
    const part = (channel: 0 | 1 | 2) => {
      const base = this.rows[row + channel] as number;
      return base + (glow[channel] - base) * share;
    };
    return [part(0), part(1), part(2)];
  }

  paint(column: Column): void {
    const { rows, sun } = this;
    const { rgb } = column;
    const [red, green, blue] = this.daylight.glow;
    const dx = column.x - sun.x;
    for (let row = 0, index = 0; row < this.lastRow; row += 1, index += 3) {
      const share = this.glowAt(dx, row - sun.y);
      const r = rows[index] as number;
      const g = rows[index + 1] as number;
      const b = rows[index + 2] as number;
      rgb[index] = r + (red - r) * share;
      rgb[index + 1] = g + (green - g) * share;
      rgb[index + 2] = b + (blue - b) * share;
    }
    if (Math.abs(dx) <= sun.radius + 2) this.paintDisc(column, dx);
  }

  private glowAt(dx: number, dy: number): number {
    const distance = Math.sqrt(dx * dx + dy * dy) / this.view.unit;
    const step = ((distance / GLOW_REACH) * GLOW_STEPS) | 0;
    return this.glow[step < GLOW_STEPS ? step : GLOW_STEPS - 1] as number;
  }

  private paintDisc(column: Column, dx: number): void {
    const { y, radius } = this.sun;
    const [red, green, blue] = scaled(this.daylight.disc, 1.25);
    const bottom = Math.min(this.lastRow, Math.ceil(y + radius + 2));
    for (let row = Math.max(0, Math.floor(y - radius - 2)); row < bottom; row += 1) {
      const share = clamp((radius - Math.hypot(dx, row - y)) / (0.04 * radius + 1) + 0.5);
      column.cover(row, red, green, blue, share);
    }
  }
}

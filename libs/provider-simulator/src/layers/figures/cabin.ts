import { mixed, type Rgb, times } from '../../image/colour.js';
import { coloured, type Figure, within } from './figure.js';

export interface CabinOptions {
  readonly x: number;
  /** Row of the ground. */
  readonly y: number;
  /** Pixels from the ground to the ridge. */
  readonly size: number;
  /** All light that falls on it. */
  readonly light: Rgb;
  readonly snow: boolean;
  /** How brightly the windows shine, 0 to 1. */
  readonly lamps: number;
}

const LOGS: Rgb = [0.5, 0.34, 0.22];
const SHINGLES: Rgb = [0.36, 0.24, 0.21];
const SNOW: Rgb = [0.93, 0.95, 1];
const LAMP: Rgb = [1.25, 0.86, 0.4];

/** A log cabin seen from its gable, with a roof that runs off to the right. */
export function cabin({ x, y, size, light, snow, lamps }: CabinOptions): Figure {
  const wall = times(LOGS, light);
  const roof = times(snow ? SNOW : SHINGLES, light);
  const pane = mixed(times([0.25, 0.3, 0.36], light), LAMP, lamps);
  return {
    x,
    y,
    size,
    box: [-0.75, -1.2, 1.35, 0.06],
    shade(u, v, pixel, paint) {
      const up = -v;
      const slope = 1 - 0.95 * Math.abs(u);
      const run = u - Math.max(0, Math.min(0.85, u));
      const ridge = 1 - 0.95 * Math.abs(run);
      const eaves = Math.min(ridge + 0.04 - up, up - 0.4, 1.3 - u);
      const gable = Math.min(slope - 0.05 - up, up + 0.05, 0.5 - Math.abs(u));
      const flank = Math.min(0.47 - up, up + 0.05, u - 0.5, 1.2 - u);
      const chimney = Math.min(0.07 - Math.abs(u - 0.72), 1.16 - up, up - 0.8);
      if (gable > 0) {
        const window = windowAt(u, up);
        const log = 0.88 + 0.12 * Math.sin(up * 75);
        return coloured(paint, window ? pane : wall, within(gable, pixel), window ? 1 : log);
      }
      if (flank > 0) {
        const window = Math.abs(u - 0.86) < 0.1 && Math.abs(up - 0.26) < 0.09;
        return coloured(
          paint,
          window ? pane : wall,
          within(flank, pixel),
          window ? 1 : 0.62 + 0.08 * Math.sin(up * 75),
        );
      }
      if (eaves > -pixel) return coloured(paint, roof, within(eaves, pixel), u < 0 ? 1 : 0.84);
      return coloured(paint, wall, within(chimney, pixel), 0.7);
    },
  };
}

function windowAt(u: number, up: number): boolean {
  const beside = Math.abs(Math.abs(u) - 0.25);
  const bars = Math.abs(beside) > 0.012 && Math.abs(up - 0.31) > 0.012;
  return beside < 0.1 && Math.abs(up - 0.31) < 0.11 && bars;
}

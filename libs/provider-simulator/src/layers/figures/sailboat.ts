import { type Rgb, scaled } from '../../image/colour.js';
import { coloured, type Figure, within } from './figure.js';

export interface SailboatOptions {
  readonly x: number;
  /** Row of the water line. */
  readonly y: number;
  /** Pixels from the water line to the top of the mast. */
  readonly size: number;
  readonly sail: Rgb;
  readonly light: Rgb;
}

/** A small sloop: hull, mast, mainsail and jib, each a few straight edges. */
export function sailboat({ x, y, size, sail, light }: SailboatOptions): Figure {
  const lit: Rgb = [sail[0] * light[0], sail[1] * light[1], sail[2] * light[2]];
  const hull = scaled([0.2, 0.13, 0.1], 0.4 + 0.8 * light[0]);
  return {
    x,
    y,
    size,
    box: [-0.42, -1.02, 0.45, 0.02],
    shade(u, v, pixel, paint) {
      const up = -v;
      const body = Math.min(0.1 - up, up + 0.01, 0.3 + 0.9 * up - u * (u > 0 ? 0.85 : -1.1));
      if (body > -pixel) return coloured(paint, hull, within(body, pixel), 0.8 + up * 4);
      const mast = Math.min(0.008 - Math.abs(u + 0.02), 1 - up);
      const belly = 0.05 * Math.sin(Math.PI * Math.min(1, Math.max(0, (up - 0.14) / 0.82)));
      const main = Math.min(-0.03 - u, up - 0.14, (0.96 - up) * 0.36 + belly + u);
      const jib = Math.min(u - 0.0, up - 0.12, (0.84 - up) * 0.5 + belly - u);
      const cloth = Math.max(main, jib);
      if (cloth > -pixel) {
        return coloured(
          paint,
          lit,
          within(cloth, pixel),
          (main > jib ? 1 : 0.86) + 0.25 * u + 0.08 * up,
        );
      }
      return coloured(paint, hull, within(mast, pixel), 1);
    },
  };
}

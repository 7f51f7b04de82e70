import { type Rgb, times } from '../../image/colour.js';
import { coloured, type Figure, within } from './figure.js';

export interface BalloonOptions {
  readonly x: number;
  readonly y: number;
  /** Pixels from the middle of the envelope to its top. */
  readonly size: number;
  readonly colours: readonly [Rgb, Rgb];
  readonly light: Rgb;
  /** -1 or 1: the side the sun is on. */
  readonly lightSide: number;
}

const BASKET: Rgb = [0.4, 0.27, 0.16];

/** A hot-air balloon with striped gores. */
export function balloon({ x, y, size, colours, light, lightSide }: BalloonOptions): Figure {
  const gores = [times(colours[0], light), times(colours[1], light)] as const;
  const basket = times(BASKET, light);
  return {
    x,
    y,
    size,
    box: [-1.02, -1.02, 1.02, 1.95],
    shade(u, v, pixel, paint) {
      const girth = v < 0 ? Math.sqrt(Math.max(0, 1 - v * v)) : Math.cos(v * 0.98) ** 0.9;
      const edge = v < 1.32 ? girth - Math.abs(u) : -1;
      if (edge > -pixel && girth > 0.02) {
        const across = Math.max(-1, Math.min(1, u / girth));
        const gore = Math.floor((Math.asin(across) / Math.PI + 0.5) * 9);
        const round = Math.sqrt(Math.max(0, 1 - across * across));
        const tone = 0.5 + 0.42 * round + 0.34 * across * lightSide - 0.16 * v;
        return coloured(paint, gores[gore % 2 === 0 ? 0 : 1], within(edge, pixel), tone);
      }
      const rope = Math.min(
        0.012 - Math.abs(Math.abs(u) - 0.14 + (v - 1.3) * 0.05),
        v - 1.28,
        1.7 - v,
      );
      const box = Math.min(0.14 - Math.abs(u), v - 1.68, 1.9 - v);
      return coloured(
        paint,
        basket,
        Math.max(within(rope, pixel), within(box, pixel)),
        0.9 + 0.4 * u,
      );
    },
  };
}

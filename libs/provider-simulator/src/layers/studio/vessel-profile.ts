import { lerp } from '../../image/colour.js';
import type { Product } from '../../prompt/vocabulary.js';

/** Outline of a turned body: radius by height, both in units of its full height. */
export interface VesselProfile {
  /** From the foot (0) to the rim (1). */
  readonly outline: readonly (readonly [number, number])[];
  /** True when one looks into it. */
  readonly open: boolean;
  /** Above this height a part of another kind begins: a cap, a lid, a lampshade. */
  readonly topPart: number;
  readonly handle: boolean;
  /** How far corners are rounded. */
  readonly softness: number;
  /** Full height, in world units at distance one. */
  readonly height: number;
}

export const PROFILES: Readonly<Record<Product, VesselProfile>> = {
  bottle: {
    outline: [
      [0, 0.19],
      [0.015, 0.212],
      [0.06, 0.216],
      [0.55, 0.216],
      [0.66, 0.195],
      [0.74, 0.115],
      [0.8, 0.075],
      [0.83, 0.072],
      [0.835, 0.088],
      [1, 0.088],
    ],
    open: false,
    topPart: 0.834,
    handle: false,
    softness: 60,
    height: 0.6,
  },
  vase: {
    outline: [
      [0, 0.13],
      [0.02, 0.145],
      [0.12, 0.2],
      [0.3, 0.285],
      [0.45, 0.305],
      [0.6, 0.26],
      [0.75, 0.15],
      [0.85, 0.105],
      [0.93, 0.115],
      [1, 0.16],
    ],
    open: true,
    topPart: 2,
    handle: false,
    softness: 900,
    height: 0.52,
  },
  mug: {
    outline: [
      [0, 0.34],
      [0.025, 0.375],
      [0.1, 0.39],
      [1, 0.4],
    ],
    open: true,
    topPart: 2,
    handle: true,
    softness: 40,
    height: 0.34,
  },
  lamp: {
    outline: [
      [0, 0.19],
      [0.03, 0.195],
      [0.05, 0.12],
      [0.07, 0.03],
      [0.3, 0.024],
      [0.5, 0.024],
      [0.505, 0.31],
      [1, 0.19],
    ],
    open: true,
    topPart: 0.502,
    handle: false,
    softness: 20,
    height: 0.62,
  },
  jar: {
    outline: [
      [0, 0.3],
      [0.02, 0.335],
      [0.1, 0.345],
      [0.68, 0.345],
      [0.76, 0.3],
      [0.79, 0.295],
      [0.795, 0.32],
      [1, 0.32],
    ],
    open: false,
    topPart: 0.793,
    handle: false,
    softness: 60,
    height: 0.4,
  },
  bowl: {
    outline: [
      [0, 0.3],
      [0.03, 0.32],
      [0.07, 0.3],
      [0.15, 0.46],
      [0.4, 0.7],
      [0.7, 0.86],
      [1, 0.93],
    ],
    open: true,
    topPart: 2,
    handle: false,
    softness: 500,
    height: 0.25,
  },
};

const STEPS = 512;

/** Radius and its slope, read from a table. */
export class Outline {
  private readonly radii = new Float32Array(STEPS + 2);

  constructor(points: readonly (readonly [number, number])[], softness: number) {
    let segment = 0;
    for (let step = 0; step <= STEPS + 1; step += 1) {
      const height = Math.min(1, step / STEPS);
      while (segment < points.length - 2 && height > (points[segment + 1]?.[0] ?? 1)) segment += 1;
      const from = points[segment] as readonly [number, number];
      const to = points[segment + 1] as readonly [number, number];
      const share = (height - from[0]) / (to[0] - from[0]);
      this.radii[step] = lerp(from[1], to[1], share);
    }
    for (let pass = 0; pass < softness; pass += 1) this.smooth();
  }

  radiusAt(height: number): number {
    const place = Math.max(0, Math.min(1, height)) * STEPS;
    const step = Math.floor(place);
    const from = this.radii[step] as number;
    return from + ((this.radii[step + 1] as number) - from) * (place - step);
  }

  /** Change of radius with height. */
  slopeAt(height: number): number {
    return (this.radiusAt(height + 0.006) - this.radiusAt(height - 0.006)) / 0.012;
  }

  /** Rounds corners a little, but keeps steps between parts. */
  private smooth(): void {
    const before = Float32Array.from(this.radii);
    for (let step = 1; step < STEPS; step += 1) {
      const left = before[step - 1] as number;
      const right = before[step + 1] as number;
      if (Math.abs(right - left) < 0.012)
        this.radii[step] = (left + 2 * (before[step] as number) + right) / 4;
    }
  }
}

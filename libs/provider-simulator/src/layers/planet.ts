import type { LatticeNoise } from '../chance/lattice-noise.js';
import { clamp, lerp, type Rgb, smoothstep } from '../image/colour.js';
import type { Column, Layer } from '../image/column.js';

export interface PlanetOptions {
  /** Pixels. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly base: Rgb;
  readonly accent: Rgb;
  /** Colour of the air at its rim; black for none. */
  readonly air: Rgb;
  readonly banded: boolean;
  readonly ring: boolean;
  /** Slope of its equator on the picture, in radians. */
  readonly tilt: number;
  /** Towards the sun, of length one: x right, y down, z to the eye. */
  readonly light: Rgb;
  readonly spin: number;
  readonly noise: LatticeNoise;
}

const RING_INNER = 1.35;
const RING_OUTER = 2.15;
const RING_SQUASH = 0.26;

/** A lit sphere with bands or continents, a rim of air and, if it has one, a ring around it. */
export class Planet implements Layer {
  private readonly cosine: number;
  private readonly sine: number;

  constructor(private readonly options: PlanetOptions) {
    this.cosine = Math.cos(options.tilt);
    this.sine = Math.sin(options.tilt);
  }

  paint(column: Column): void {
    const { x, y, radius, ring } = this.options;
    const reach = radius * (ring ? RING_OUTER : 1.12);
    const u = (column.x + 0.5 - x) / radius;
    if (Math.abs(u) > reach / radius) return;
    const last = Math.min(column.height - 1, Math.ceil(y + reach));
    for (let row = Math.max(0, Math.floor(y - reach)); row <= last; row += 1) {
      const v = (row + 0.5 - y) / radius;
      const distance = Math.sqrt(u * u + v * v);
      if (ring) this.paintRing(column, row, u, v, false);
      if (distance < 1 + 1 / radius) this.paintSurface(column, row, u, v, distance);
      else if (distance < 1.12) this.paintAir(column, row, u, v, distance);
      if (ring) this.paintRing(column, row, u, v, true);
    }
  }

  private paintSurface(column: Column, row: number, u: number, v: number, distance: number): void {
    const { base, accent, air, light, banded, noise, spin, radius } = this.options;
    const depth = Math.sqrt(Math.max(0, 1 - u * u - v * v));
    const lit = u * light[0] + v * light[1] + depth * light[2];
    const day = smoothstep(-0.12, 0.75, lit);
    const along = u * this.cosine + v * this.sine;
    const north = v * this.cosine - u * this.sine;
    const turned = Math.atan2(along, depth + 0.001) + spin;
    const swirl = noise.fbm(turned * 2.2 + 40, north * 5.5, 3) - 0.5;
    const surface = banded
      ? noise.fbm(swirl * 0.8 + 9, north * 7.5 + swirl * 1.3, 3)
      : noise.fbm(turned * 1.9 + swirl, north * 2.4 + swirl, 5);
    const share = banded ? smoothstep(0.32, 0.68, surface) : smoothstep(0.47, 0.55, surface);
    const texture = 0.8 + 0.4 * surface;
    const rim = 0.7 * (1 - depth) ** 3 * day;
    const coverage = clamp((1 - distance) * radius + 0.5);
    const shine = texture * (0.015 + 1.08 * day);
    column.cover(
      row,
      lerp(base[0], accent[0], share) * shine + air[0] * rim,
      lerp(base[1], accent[1], share) * shine + air[1] * rim,
      lerp(base[2], accent[2], share) * shine + air[2] * rim,
      coverage,
    );
  }

  private paintAir(column: Column, row: number, u: number, v: number, distance: number): void {
    const { air, light } = this.options;
    const lit = smoothstep(-0.25, 0.7, (u * light[0] + v * light[1]) / distance);
    const glow = 0.5 * lit * Math.exp(-(distance - 1) * 38);
    column.lighten(row, air[0] * glow, air[1] * glow, air[2] * glow);
  }

  /** Half of the ring at a time: what lies behind the planet first, what lies before it last. */
  private paintRing(column: Column, row: number, u: number, v: number, front: boolean): void {
    const { accent, light, noise } = this.options;
    const along = u * this.cosine + v * this.sine;
    const across = (v * this.cosine - u * this.sine) / RING_SQUASH;
    if (across > 0 !== front) return;
    const distance = Math.sqrt(along * along + across * across);
    if (distance < RING_INNER || distance > RING_OUTER) return;
    const grooves = noise.fbm(distance * 26, 3.3, 3);
    const edge =
      smoothstep(RING_INNER, RING_INNER + 0.05, distance) *
      smoothstep(RING_OUTER, RING_OUTER - 0.08, distance);
    const gap = smoothstep(0.012, 0.03, Math.abs(distance - 1.82));
    const behind =
      u * light[0] + v * light[1] < -0.2 && Math.abs(u * light[1] - v * light[0]) < 0.95;
    const tone = (0.55 + 0.7 * grooves) * (behind && !front ? 0.15 : 1);
    const share = clamp(edge * gap * (0.25 + 1 * grooves));
    column.cover(
      row,
      lerp(accent[0], 1, 0.4) * tone,
      lerp(accent[1], 0.95, 0.4) * tone,
      lerp(accent[2], 0.88, 0.4) * tone,
      share,
    );
  }
}

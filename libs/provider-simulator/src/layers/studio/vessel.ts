import type { LatticeNoise } from '../../chance/lattice-noise.js';
import { clamp, lerp, mixed, type Rgb, scaled, smoothstep } from '../../image/colour.js';
import type { Column, Layer } from '../../image/column.js';
import type { Material } from '../../prompt/vocabulary.js';
import { Outline, type VesselProfile } from './vessel-profile.js';

export interface VesselOptions {
  readonly profile: VesselProfile;
  readonly material: Material;
  /** Column of its axis and row of its foot. */
  readonly x: number;
  readonly y: number;
  /** Full height in pixels. */
  readonly size: number;
  readonly body: Rgb;
  readonly accent: Rgb;
  readonly room: Rgb;
  readonly table: Rgb;
  readonly lightSide: number;
  /** True when it shines itself: a lamp, a candle. */
  readonly burning: boolean;
  readonly noise: LatticeNoise;
}

/** How far circles around the axis open towards the eye. */
const TILT = 0.2;
const NO_LABEL: Rgb = [0, 0, 0];

/** A turned body on a table: its shadow, its reflection, itself, and what is seen through its mouth. */
export class Vessel implements Layer {
  private readonly outline: Outline;
  private readonly widest: number;

  constructor(private readonly options: VesselOptions) {
    this.outline = new Outline(options.profile.outline, options.profile.softness);
    this.widest = Math.max(...options.profile.outline.map(([, radius]) => radius));
  }

  paint(column: Column): void {
    const { x, y, size, profile } = this.options;
    const u = (column.x + 0.5 - x) / size;
    this.paintShadow(column, u);
    const reach = this.widest * TILT + 0.02;
    const first = Math.max(0, Math.floor(y - size * (1 + reach)));
    const last = Math.min(column.height - 1, Math.ceil(y + size * reach));
    if (Math.abs(u) < this.widest + 0.02) this.paintReflection(column, u);
    if (profile.handle) this.paintHandle(column, u);
    if (Math.abs(u) > this.widest + 2 / size) return;
    for (let row = first; row <= last; row += 1) {
      const up = (y - row - 0.5) / size;
      this.paintPoint(column, row, u, up, 1);
    }
  }

  private paintPoint(column: Column, row: number, u: number, up: number, share: number): void {
    const { profile, size } = this.options;
    const rim = this.outline.radiusAt(1);
    const mouth = ((up - 1) / (rim * TILT)) ** 2 + (u / rim) ** 2;
    if (mouth < 1 && share === 1) {
      if (profile.open) this.paintMouth(column, row, u, up, Math.sqrt(mouth));
      else {
        const [red, green, blue] = this.lidTone(u);
        column.cover(row, red, green, blue, 1);
      }
      return;
    }
    const height = this.heightOf(u, up);
    const radius = this.outline.radiusAt(height);
    if (height < -0.001 || height > 1.001) return;
    const coverage = clamp((radius - Math.abs(u)) * size + 0.5) * share;
    if (coverage === 0) return;
    const across = clamp(u / radius, -1, 1);
    const [red, green, blue] = this.surface(across, height, u, up);
    const foot = smoothstep(-0.01, 0.05, height) * 0.3 + 0.7;
    column.cover(row, red * foot, green * foot, blue * foot, coverage);
  }

  /** Height on the body of what is seen at a place: circles sag towards the eye in front. */
  private heightOf(u: number, up: number): number {
    let height = up;
    for (let pass = 0; pass < 3; pass += 1) {
      const radius = this.outline.radiusAt(height);
      height = up + TILT * Math.sqrt(Math.max(0, radius * radius - u * u));
    }
    return height;
  }

  private surface(across: number, height: number, u: number, up: number): Rgb {
    const { profile, material, body, accent, burning, lightSide } = this.options;
    const upper = height > profile.topPart;
    const steep = this.outline.slopeAt(height);
    const length = Math.sqrt(1 + steep * steep);
    const nx = (across / length) * lightSide;
    const nz = Math.sqrt(1 - across * across) / length;
    const ny = -steep / length;
    if (burning && upper) {
      const glow = 1.12 - 0.3 * Math.abs(across) ** 3 - 0.3 * (height - profile.topPart);
      return scaled([1.12, 0.92, 0.64], glow);
    }
    if (upper && profile.topPart < 1) return this.metal(accent, nx, ny, nz);
    if (material === 'metal') return this.metal(body, nx, ny, nz);
    if (material === 'glass') {
      const paper = this.labelled(NO_LABEL, across, height);
      return paper === NO_LABEL
        ? this.glass(nx, nz, across, height)
        : this.matte(paper, nx, ny, nz);
    }
    return this.matte(this.labelled(this.figured(body, u, up, height), across, height), nx, ny, nz);
  }

  /** A paper label with two lines on it, on what is made to carry one. */
  private labelled(colour: Rgb, across: number, height: number): Rgb {
    const { profile, accent } = this.options;
    if (profile.topPart > 1 || profile.topPart < 0.6) return colour;
    if (height < 0.16 || height > 0.52 || Math.abs(across) > 0.68) return colour;
    const angle = Math.asin(across);
    const line = Math.abs(height - 0.4) < 0.012 && Math.abs(angle) < 0.42;
    const second = Math.abs(height - 0.34) < 0.006 && Math.abs(angle) < 0.26;
    const emblem = angle ** 2 + ((height - 0.26) * 3.6) ** 2 < 0.0144;
    return line || second || emblem ? accent : [0.95, 0.93, 0.88];
  }

  private figured(colour: Rgb, u: number, up: number, height: number): Rgb {
    const { material, noise } = this.options;
    if (material === 'wood')
      return scaled(
        colour,
        0.7 + 0.55 * noise.fbm(u * 7, height * 34 + 4 * noise.at(u * 6, height * 3), 3),
      );
    return scaled(colour, 0.98 + 0.04 * noise.at(u * 90, up * 90));
  }

  private matte(colour: Rgb, nx: number, ny: number, nz: number): Rgb {
    const facing = clamp(0.72 * nx + 0.38 * ny + 0.5 * nz, -0.3, 1);
    const light = 0.3 + 0.78 * Math.max(0, facing + 0.12);
    const bounce = 0.12 * Math.max(0, -nx) ** 2;
    const shine = 0.5 * Math.max(0, 0.62 * nx + 0.3 * ny + 0.72 * nz) ** 38;
    const { table } = this.options;
    return [
      colour[0] * light + table[0] * bounce + shine,
      colour[1] * light + table[1] * bounce + shine,
      colour[2] * light + table[2] * bounce + shine,
    ];
  }

  private metal(colour: Rgb, nx: number, ny: number, nz: number): Rgb {
    const { room, table } = this.options;
    const strip =
      Math.exp(-((nx - 0.55) ** 2) * 60) * 0.85 + Math.exp(-((nx + 0.78) ** 2) * 160) * 0.4;
    const floor = smoothstep(0.1, -0.4, ny);
    const surroundings = mixed(scaled(room, 0.3 + 0.5 * nz), scaled(table, 0.55), floor * 0.8);
    return [
      surroundings[0] * (0.4 + 0.75 * colour[0]) + strip * lerp(1, colour[0], 0.35),
      surroundings[1] * (0.4 + 0.75 * colour[1]) + strip * lerp(1, colour[1], 0.35),
      surroundings[2] * (0.4 + 0.75 * colour[2]) + strip * lerp(1, colour[2], 0.35),
    ];
  }

  private glass(nx: number, nz: number, across: number, height: number): Rgb {
    const { room, body, lightSide } = this.options;
    const edge = 1 - nz;
    const filled = smoothstep(0.585, 0.58, height);
    const behind = scaled(room, 0.95 - 0.28 * across * lightSide);
    const tint = mixed(behind, scaled(body, 0.95), 0.3 + 0.42 * filled);
    const dark = scaled(tint, 1 - 0.62 * smoothstep(0.55, 0.95, edge));
    const strip =
      Math.exp(-((nx - 0.62) ** 2) * 130) * 0.75 + Math.exp(-((nx + 0.7) ** 2) * 240) * 0.35;
    const rim = 0.3 * smoothstep(0.9, 0.99, edge);
    return [dark[0] + strip + rim, dark[1] + strip + rim, dark[2] + strip + rim];
  }

  private lidTone(u: number): Rgb {
    const { accent, lightSide, room } = this.options;
    return mixed(scaled(accent, 0.9), room, clamp(0.35 + u * lightSide * 1.4));
  }

  /** Inside of the far wall, and what the vessel holds. */
  private paintMouth(column: Column, row: number, u: number, up: number, out: number): void {
    const { body, accent, burning, profile, lightSide } = this.options;
    const rim = smoothstep(0.9, 0.96, out);
    const deep = up < 1 ? smoothstep(0.15, 0.95, out) : 0;
    const surface: Rgb = profile.handle ? [0.2, 0.11, 0.06] : scaled(body, 0.22);
    const inner = burning
      ? ([1.2, 1.02, 0.74] as Rgb)
      : mixed(surface, scaled(body, 0.55 - 0.2 * u * lightSide), 0.25 + 0.5 * deep);
    const tone = mixed(inner, scaled(burning ? accent : body, 1.12), rim);
    column.cover(row, tone[0], tone[1], tone[2], 1);
  }

  private paintHandle(column: Column, u: number): void {
    const { x: _, y, size, body, lightSide } = this.options;
    const centre = -lightSide * (this.widest + 0.1);
    const last = Math.min(column.height - 1, Math.ceil(y));
    for (let row = Math.max(0, Math.floor(y - size)); row <= last; row += 1) {
      const up = (y - row - 0.5) / size - 0.56;
      const distance = Math.sqrt(((u - centre) * 1.25) ** 2 + (up * 0.92) ** 2);
      const depth = 0.055 - Math.abs(distance - 0.24);
      if (depth < -2 / size) continue;
      const round = clamp(depth / 0.055);
      const tone = 0.45 + 0.5 * round + 0.25 * up;
      column.cover(row, body[0] * tone, body[1] * tone, body[2] * tone, clamp(depth * size + 0.5));
    }
  }

  private paintShadow(column: Column, u: number): void {
    const { y, size, lightSide, table } = this.options;
    const foot = this.outline.radiusAt(0.02);
    const first = Math.max(0, Math.floor(y - size * 0.32));
    const last = Math.min(column.height - 1, Math.ceil(y + size * 0.32));
    for (let row = first; row <= last; row += 1) {
      const down = (row - y) / size / TILT;
      const contact = Math.exp(-((u / (foot * 1.12)) ** 4 + (down / (foot * 1.15)) ** 4));
      const away = -u * lightSide;
      const cast =
        Math.exp(-(((down + 0.22 * away) / (this.widest * 0.85)) ** 2)) *
        smoothstep(-foot * 0.6, foot, away) *
        Math.exp(-Math.max(0, away - foot) * 1.5);
      const share = clamp(0.7 * contact + 0.5 * cast);
      if (share > 0.004) column.cover(row, table[0] * 0.1, table[1] * 0.09, table[2] * 0.1, share);
    }
  }

  /** A faint image upside down in the polish of the table. */
  private paintReflection(column: Column, u: number): void {
    const { y, size } = this.options;
    const last = Math.min(column.height - 1, Math.ceil(y + size * 0.5));
    for (let row = Math.floor(y); row <= last; row += 1) {
      const down = (row + 0.5 - y) / size;
      const foot = this.outline.radiusAt(0);
      const sag = TILT * Math.sqrt(Math.max(0, foot * foot - u * u));
      const share = 0.2 * Math.exp(-down * 5) * smoothstep(0, 0.02, down - sag + 0.02);
      if (share > 0.01) this.paintPoint(column, row, u, down - 2 * sag, share * 0.999);
    }
  }
}

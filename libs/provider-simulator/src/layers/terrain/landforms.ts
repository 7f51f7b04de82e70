import type { Chance } from '../../chance/chance.js';
import type { LatticeNoise } from '../../chance/lattice-noise.js';
import { smoothstep } from '../../image/colour.js';
import type { Landform } from './landform.js';

export interface LandformOptions {
  /** Distance of the ground at the lower edge of the picture. */
  readonly nearest: number;
  readonly noise: LatticeNoise;
  /** Frames the camera has moved; it goes sideways and a little forward. */
  readonly travel: number;
  readonly water: boolean;
  /** Height of trees that stand on wooded ground, in world units. */
  readonly trees: number;
}

/** Where the land lies in the noise, moving with the camera. */
function placeOf(chance: Chance, travel: number): { readonly x: number; readonly z: number } {
  return {
    x: chance.between(0, 200) + travel * 0.06,
    z: chance.between(0, 200) + travel * 0.04,
  };
}

/** Ranges that close in from both sides around a valley, with one peak that rules the view. */
export function mountains(chance: Chance, options: LandformOptions): Landform {
  const { noise, water, trees } = options;
  const peakZ = chance.between(8.5, 11);
  const peakX = chance.between(-0.3, 0.3) * peakZ - options.travel * 0.06;
  const peakHeight = chance.between(3.4, 4.4);
  const valley = chance.between(-0.2, 0.2);
  const shore = water ? chance.between(2.4, 3.2) : 0.4;
  const place = placeOf(chance, options.travel);
  const near = water ? shore - 1.6 : options.nearest;
  return {
    near,
    far: 30,
    wet: water,
    height(x, z, octaves) {
      const u = x + place.x;
      const v = z + place.z;
      const relief = noise.eroded(u * 0.26, v * 0.26, octaves);
      const side = smoothstep(0.1, 0.75, Math.abs(x / z - valley));
      const rise = smoothstep(shore + 0.4, shore + 6.5, z + 2.5 * side * smoothstep(0.3, 3, z));
      const dx = x - peakX;
      const dz = z - peakZ;
      const peak = peakHeight * Math.exp(-Math.sqrt(dx * dx * 0.32 + dz * dz * 0.14 + 0.02));
      const floor = water
        ? -0.14 +
          smoothstep(shore - 1.4, shore + 1.2, z + 0.7 * side + relief) *
            0.22 *
            smoothstep(near, near + 0.4, z)
        : 0.1 * (relief - 0.3) * smoothstep(0.35, 2.5, z);
      const wall = (0.4 + 1.5 * side) * rise;
      const land =
        floor +
        relief * ((0.1 + peak * 0.75) * smoothstep(0.3, 2.5, z) + 1.9 * wall) +
        peak * 0.38 * rise -
        0.12 * wall;
      return trees > 0 && land > 0.012 && land < 1
        ? land + trees * noise.at(u * 130, v * 55) * (1 - land) * smoothstep(0.8, 2, z)
        : land;
    },
  };
}

/** Rolling ground, the nearer the gentler, with a blue range far behind. */
export function hills(chance: Chance, options: LandformOptions): Landform {
  const { noise, water, trees } = options;
  const place = placeOf(chance, options.travel);
  const steepness = chance.between(0.5, 0.85);
  const range = chance.between(0.6, 1.7);
  return {
    near: options.nearest,
    far: 34,
    wet: water,
    height(x, z, octaves) {
      const u = x + place.x;
      const v = z + place.z;
      const swell = noise.fbm(u * 0.42, v * 0.42, 3);
      const fine = (noise.fbm(u * 3.3, v * 3.3, Math.max(2, octaves - 4)) - 0.5) * 0.022;
      const rolling = steepness * (swell - 0.36) * 1.9 * smoothstep(0.3, 4, z);
      const back = smoothstep(12, 24, z) * range * noise.eroded(u * 0.2, v * 0.2, 7) * 2;
      const land = rolling + back + fine * smoothstep(0, 1.5, z) + (water ? -0.035 : 0.012);
      const wooded = trees > 0 && noise.fbm(u * 1.1 + 40, v * 1.1, 3) > 0.5 && z > 0.9;
      return wooded && land > 0.01
        ? land + trees * noise.at(u * 130, v * 55) * smoothstep(0.8, 2, z)
        : land;
    },
  };
}

/** Dunes: long crests across the wind, sharp on top, the small ones riding on the large. */
export function dunes(chance: Chance, options: LandformOptions): Landform {
  const { noise } = options;
  const place = placeOf(chance, options.travel);
  const wind = chance.between(-0.6, 0.6);
  return {
    near: options.nearest,
    far: 24,
    wet: false,
    height(x, z) {
      const u = x + place.x + (z + place.z) * wind;
      const v = z + place.z;
      const bend = noise.fbm(u * 0.3, v * 0.3, 2) - 0.5;
      const large = crestOf(noise.at(u * 0.34 + bend * 1.6, v * 0.95 + bend * 3.2));
      const small = crestOf(noise.at(u * 1.1 + bend * 2 + 9, v * 2.6 + bend * 3));
      const body =
        0.5 * large * (0.4 + 1.1 * noise.at(u * 0.25, v * 0.25)) + 0.07 * small * (0.5 + large);
      const land = body * smoothstep(0.2, 2, z);
      return 0.004 + land / (1 + land / (0.25 + 0.28 * z));
    },
  };
}

/** Highest at one half; the very edge is rounded, as steps of distance would show on a sharp one. */
function crestOf(phase: number): number {
  const crease = 1 - Math.sqrt((2 * phase - 1) ** 2 + 0.002);
  return crease * crease * (1.6 - 0.6 * crease);
}

/** Open water with headlands to one side; nothing else stands out of it. */
export function coast(chance: Chance, options: LandformOptions): Landform {
  const { noise, trees } = options;
  const place = placeOf(chance, options.travel);
  const side = chance.side();
  const from = chance.between(0.05, 0.4);
  const bold = chance.between(1.1, 2);
  return {
    near: 1.6,
    far: 26,
    wet: true,
    height(x, z, octaves) {
      const u = x + place.x;
      const v = z + place.z;
      const relief = noise.eroded(u * 0.4, v * 0.4, octaves);
      const beside = smoothstep(from, from + 0.75, (side * x) / z + 0.12 * (relief - 0.4));
      const out = smoothstep(2.5, 7, z) * (1 - smoothstep(17, 25, z));
      const land = -0.12 + beside * out * (0.16 + bold * relief * beside);
      return trees > 0 && land > 0.02 ? land + trees * noise.at(u * 130, v * 55) : land;
    },
  };
}

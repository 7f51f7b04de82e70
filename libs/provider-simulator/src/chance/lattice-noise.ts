import { Chance } from './chance.js';

const SIDE = 256;
const MASK = SIDE - 1;
/** Makes truncation round down for all coordinates above minus this; faster than Math.floor. */
const SHIFT = 1 << 20;

/** Smooth value noise over a repeating lattice of 256x256 random values. */
export class LatticeNoise {
  private readonly values = new Float32Array(SIDE * SIDE);

  constructor(seed: number) {
    const chance = new Chance(seed);
    for (let index = 0; index < this.values.length; index += 1) this.values[index] = chance.next();
  }

  /** 0 to 1, wavelength 1. */
  at(x: number, y: number): number {
    const { values } = this;
    const column = ((x + SHIFT) | 0) - SHIFT;
    const row = ((y + SHIFT) | 0) - SHIFT;
    const fx = x - column;
    const fy = y - row;
    const left = column & MASK;
    const right = (column + 1) & MASK;
    const upper = (row & MASK) << 8;
    const lower = ((row + 1) & MASK) << 8;
    const u = fx * fx * (3 - 2 * fx);
    const v = fy * fy * (3 - 2 * fy);
    const a = values[upper | left] as number;
    const b = values[upper | right] as number;
    const c = values[lower | left] as number;
    const d = values[lower | right] as number;
    const top = a + (b - a) * u;
    return top + (c + (d - c) * u - top) * v;
  }

  /** Sum of octaves, each half as strong and twice as fine, turned so that the lattice never shows. 0 to 1. */
  fbm(x: number, y: number, octaves: number): number {
    let sum = 0;
    let strength = 0.5;
    let total = 0;
    for (let octave = 0; octave < octaves; octave += 1) {
      sum += strength * this.at(x, y);
      total += strength;
      strength *= 0.5;
      const turned = 1.6 * x - 1.2 * y + 13.7;
      y = 1.2 * x + 1.6 * y + 7.3;
      x = turned;
    }
    return sum / total;
  }

  /** Creased octaves: sharp crests, broad basins. 0 to 1. */
  ridged(x: number, y: number, octaves: number): number {
    let sum = 0;
    let strength = 0.5;
    let total = 0;
    let previous = 1;
    for (let octave = 0; octave < octaves; octave += 1) {
      const crease = 1 - Math.abs(2 * this.at(x, y) - 1);
      const crest = crease * crease * previous;
      sum += strength * crest;
      total += strength;
      previous = Math.min(1, crest * 1.6 + 0.15);
      strength *= 0.5;
      const turned = 1.6 * x - 1.2 * y + 13.7;
      y = 1.2 * x + 1.6 * y + 7.3;
      x = turned;
    }
    return sum / total;
  }

  /**
   * Octaves damped where the slope is already steep, which looks like erosion: smooth valleys,
   * detailed crests. About 0 to 1.
   */
  eroded(x: number, y: number, octaves: number): number {
    const { values } = this;
    let sum = 0;
    let strength = 0.5;
    let slopeX = 0;
    let slopeY = 0;
    for (let octave = 0; octave < octaves; octave += 1) {
      const column = ((x + SHIFT) | 0) - SHIFT;
      const row = ((y + SHIFT) | 0) - SHIFT;
      const fx = x - column;
      const fy = y - row;
      const left = column & MASK;
      const right = (column + 1) & MASK;
      const upper = (row & MASK) << 8;
      const lower = ((row + 1) & MASK) << 8;
      const a = values[upper | left] as number;
      const b = (values[upper | right] as number) - a;
      const c = (values[lower | left] as number) - a;
      const d = (values[lower | right] as number) - a - b - c;
      const u = fx * fx * (3 - 2 * fx);
      const v = fy * fy * (3 - 2 * fy);
      slopeX += 6 * fx * (1 - fx) * (b + d * v);
      slopeY += 6 * fy * (1 - fy) * (c + d * u);
      sum += (strength * (a + b * u + c * v + d * u * v)) / (1 + slopeX * slopeX + slopeY * slopeY);
      strength *= 0.5;
      const turned = 1.6 * x - 1.2 * y + 13.7;
      y = 1.2 * x + 1.6 * y + 7.3;
      x = turned;
    }
    return sum;
  }
}

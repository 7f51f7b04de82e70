import type { LatticeNoise } from '../../chance/lattice-noise.js';
import { lerp, type Rgb, smoothstep } from '../../image/colour.js';
import type { GroundCover } from './landform.js';

export interface AlpineColours {
  readonly meadow: Rgb;
  readonly forest: Rgb;
  readonly rock: Rgb;
  readonly snow: Rgb;
  /** Share of low ground that is wooded, 0 to 1. */
  readonly wooded: number;
  /** Heights in world units. */
  readonly treeLine: number;
  readonly snowLine: number;
  /** Colour and share of flowers in the meadows. */
  readonly flowers: Rgb;
  readonly flowering: number;
}

/** Texture that stays as fine on the picture at any distance: octaves fade into each other with z. 0 to 1. */
function grainAt(noise: LatticeNoise, x: number, z: number, fineness = 90): number {
  const level = Math.log2(fineness / z);
  const whole = Math.floor(level);
  const frequency = 2 ** whole;
  const coarse = noise.at(x * frequency, z * frequency * 0.4);
  const fine = noise.at(x * frequency * 2 + 11, z * frequency * 0.8);
  return lerp(coarse, fine, level - whole);
}

/** Meadow and forest below, rock above, snow where it is high and flat enough to stay. */
export class AlpineCover implements GroundCover {
  constructor(
    private readonly noise: LatticeNoise,
    private readonly colours: AlpineColours,
  ) {}

  colourAt(x: number, z: number, height: number, upright: number, out: Float32Array): void {
    const { meadow, forest, rock, snow, wooded, treeLine, snowLine, flowers, flowering } =
      this.colours;
    const { noise } = this;
    const patch = noise.fbm(x * 2.3, z * 2.3, 3);
    const grain = grainAt(noise, x, z);
    const trees =
      smoothstep(0.72 - wooded * 0.5, 0.8 - wooded * 0.5, patch + (grain - 0.5) * 0.12) *
      smoothstep(0.5, 1.8, z);
    const high = smoothstep(treeLine - 0.3, treeLine + 0.15, height + (patch - 0.5) * 0.6);
    const steep = smoothstep(0.84, 0.62, upright) * smoothstep(0.15, 0.5, height);
    const stony = Math.max(high, steep);
    const white =
      smoothstep(snowLine - 0.2, snowLine + 0.25, height + (patch - 0.5) * 0.7) *
      smoothstep(0.46, 0.7, upright + (grain - 0.5) * 0.14);
    const bloom = flowering > 0 ? this.bloomAt(x, z) * (1 - trees) * (1 - high) : 0;
    for (let channel = 0; channel < 3; channel += 1) {
      const grass = (meadow[channel] as number) * (0.72 + 0.5 * patch);
      const green = lerp(grass, forest[channel] as number, trees) * (0.75 + 0.5 * grain);
      const stone = (rock[channel] as number) * (0.78 + 0.44 * grain);
      const ground = lerp(lerp(green, stone, stony), flowers[channel] as number, bloom);
      out[channel] = lerp(ground, (snow[channel] as number) * (0.95 + 0.1 * grain), white);
    }
  }

  /** Flowers stand in drifts. */
  private bloomAt(x: number, z: number): number {
    const { noise } = this;
    const drift = (noise.fbm(x * 0.9, z * 1.4, 2) - 0.5) * 0.9;
    return this.colours.flowering * smoothstep(0.5, 0.72, grainAt(noise, x + 3, z, 240) + drift);
  }
}

/** Sand with wind ripples near by. */
export class SandCover implements GroundCover {
  constructor(
    private readonly noise: LatticeNoise,
    private readonly sand: Rgb,
  ) {}

  colourAt(x: number, z: number, _height: number, upright: number, out: Float32Array): void {
    const bend = this.noise.fbm(x * 2.1, z * 2.1, 2);
    const ripple = Math.sin(z * 150 + x * 44 + bend * 60) * smoothstep(1.3, 0.25, z) * 0.035;
    const tone =
      0.86 + 0.16 * upright + 0.1 * (bend - 0.5) + ripple + 0.05 * grainAt(this.noise, x, z);
    for (let channel = 0; channel < 3; channel += 1) {
      out[channel] = (this.sand[channel] as number) * tone;
    }
  }
}

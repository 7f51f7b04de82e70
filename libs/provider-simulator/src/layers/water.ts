import type { LatticeNoise } from '../chance/lattice-noise.js';
import { clamp, type Rgb, smoothstep } from '../image/colour.js';
import type { Column, Layer } from '../image/column.js';
import type { View } from '../image/view.js';
import type { SunPlace } from './sky.js';

export interface WaterOptions {
  readonly body: Rgb;
  /** 0 a mirror, 1 open sea. */
  readonly roughness: number;
  readonly glint: Rgb;
  /** 0 to 1. */
  readonly glintStrength: number;
  /** How much white the crests carry, 0 to 1. */
  readonly foam: number;
  readonly noise: LatticeNoise;
}

/** Waves are worked out for one in four columns: they are much wider than they are deep on the picture. */
const WAVE_STEP = 4;

/** Rows of water mirror what stands above their own shore, broken up by waves that grow towards the eye. */
export class Water implements Layer {
  private readonly firstRow: number;
  /** Share of light mirrored, by row. */
  private readonly shine: Float32Array;
  private left: Waves;
  private right: Waves;

  constructor(
    private readonly view: View,
    private readonly sun: SunPlace,
    private readonly options: WaterOptions,
  ) {
    this.firstRow = Math.max(1, Math.floor(view.horizon));
    this.shine = Float32Array.from({ length: view.height }, (_, row) => {
      const steepness = (row - view.horizon) / view.unit;
      return (0.93 - 0.62 * smoothstep(0, 0.75, steepness)) * (1 - 0.25 * options.roughness);
    });
    this.left = { x: -1, heights: new Float32Array(view.height) };
    this.right = { x: -1, heights: new Float32Array(view.height) };
  }

  paint(column: Column): void {
    const { water } = column;
    let shore = -1;
    let waves: number | undefined;
    for (let row = this.firstRow; row < column.height; row += 1) {
      if (water[row] === 0) shore = -1;
      else {
        waves ??= this.prepareWaves(column.x);
        if (shore < 0) shore = row;
        this.paintRow(column, row, shore, waves);
      }
    }
  }

  private paintRow(column: Column, row: number, shore: number, waves: number): void {
    const { view, options } = this;
    const { rgb, mirror, height } = column;
    const from = this.left.heights[row] as number;
    const wave = from + ((this.right.heights[row] as number) - from) * waves;
    const reach = row - view.horizon;
    const shift = wave * (reach * 0.45 + view.unit * 0.01) * (0.25 + 1.5 * options.roughness);
    const mirrored = clamp(row + shift, shore, height - 2);
    const a = Math.floor(mirrored) * 3;
    const b = a + 3;
    const share = mirrored - Math.floor(mirrored);
    const shine = (this.shine[row] as number) - clamp(wave * 0.35, -0.12, 0.25) * options.roughness;
    const index = row * 3;
    let brightness = 0;
    for (let channel = 0; channel < 3; channel += 1) {
      const above = mirror[a + channel] as number;
      const seen = above + ((mirror[b + channel] as number) - above) * share;
      const body = options.body[channel] as number;
      brightness += seen;
      rgb[index + channel] = body + (seen * 0.96 - body) * shine;
    }
    if (wave > 0.1) this.paintGlint(column, row, wave, brightness);
    if (options.foam > 0 && wave > 0.16) {
      const light = brightness / 3 + 0.25;
      column.cover(row, light, light, light, options.foam * smoothstep(0.16, 0.3, wave));
    }
  }

  /** Crests towards the sun flash, unless land hides it. */
  private paintGlint(column: Column, row: number, wave: number, brightness: number): void {
    const { view, sun, options } = this;
    const steepness = (row - view.horizon) / view.unit;
    const dx = (column.x - sun.x) / (view.unit * (0.035 + 0.22 * steepness));
    if (Math.abs(dx) > 3) return;
    const [red, green, blue] = options.glint;
    const light =
      options.glintStrength *
      smoothstep(0.1, 0.34, wave) *
      smoothstep(1.1, 2, brightness) *
      Math.exp(-dx * dx) *
      (1 - 0.4 * steepness);
    column.cover(row, red, green, blue, light);
  }

  /** Makes the two wave columns around x ready. Returns the share of the right one. */
  private prepareWaves(x: number): number {
    const first = x - (x % WAVE_STEP);
    if (this.left.x !== first) {
      if (this.right.x === first) [this.left, this.right] = [this.right, this.left];
      else this.raise(this.left, first);
      this.raise(this.right, first + WAVE_STEP);
    }
    return (x - first) / WAVE_STEP;
  }

  /** Wave heights of one pixel column, -0.5 to 0.5; waves finer than a row would flicker and fade out. */
  private raise(waves: Waves, pixelX: number): void {
    const { view } = this;
    const { noise } = this.options;
    waves.x = pixelX;
    for (let row = this.firstRow; row < view.height; row += 1) {
      const below = Math.max(0.4, row - view.horizon);
      const z = (view.eye * view.unit) / below;
      const x = ((pixelX - view.centre) / view.unit) * z + view.travel * 0.02;
      let sum = 0;
      let frequency = 9;
      for (let octave = 0; octave < 3; octave += 1) {
        const visible = Math.min(1, (0.75 * below) / (z * frequency));
        if (visible > 0.02) {
          const height = noise.at(x * frequency + octave * 17, z * frequency * 1.7) - 0.5;
          sum += height * visible * (0.62 - octave * 0.14);
        }
        frequency *= 3.1;
      }
      waves.heights[row] = sum;
    }
  }
}

interface Waves {
  x: number;
  readonly heights: Float32Array;
}

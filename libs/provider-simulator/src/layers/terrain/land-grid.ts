import { clamp } from '../../image/colour.js';
import type { View } from '../../image/view.js';
import type { Landform } from './landform.js';

const MOST_COLUMNS = 1280;
const MOST_SLICES = 900;
/** Wavelength of the first octave of a landform, in world units. */
const FIRST_WAVELENGTH = 4;

/**
 * Heights sampled where the picture needs them: columns of equal width on the screen, slices of growing
 * distance. Index column * slices + slice.
 */
export class LandGrid {
  readonly columns: number;
  readonly slices: number;
  /** Distance of each slice. */
  readonly distance: Float32Array;
  readonly height: Float32Array;
  /** Pixels that one world unit of height covers at each slice. */
  readonly scale: Float32Array;
  /** What lies lower is under water; minus infinity on dry land. */
  readonly waterLine: number;
  /** Sideways distance between two columns at distance one. */
  readonly pitch: number;

  constructor(
    readonly view: View,
    private readonly land: Landform,
  ) {
    this.columns = Math.round(clamp(view.width / 2.4, Math.min(view.width, 640), MOST_COLUMNS)) + 2;
    this.slices = Math.round(clamp(view.unit * 0.36, 96, MOST_SLICES));
    this.pitch = view.width / view.unit / (this.columns - 2);
    this.waterLine = land.wet ? 0 : Number.NEGATIVE_INFINITY;
    this.distance = new Float32Array(this.slices);
    this.height = new Float32Array(this.columns * this.slices);
    this.scale = new Float32Array(this.slices);
    const growth = land.far / land.near;
    for (let slice = 0; slice < this.slices; slice += 1) {
      this.distance[slice] = land.near * growth ** (slice / (this.slices - 1));
      this.scale[slice] = view.unit / (this.distance[slice] as number);
    }
    const octaves = Array.from(this.distance, (z) => this.octavesAt(z));
    for (let column = 0; column < this.columns; column += 1) {
      if (column % 8 === 0) view.checkpoint();
      this.sampleColumn(column, octaves);
    }
  }

  /** Sideways slope of the view ray through a column. */
  tangent(column: number): number {
    return (column - (this.columns - 2) / 2) * this.pitch;
  }

  /** Row on which a point appears. */
  row(column: number, slice: number): number {
    const level = this.height[column * this.slices + slice] as number;
    return this.view.horizon + (this.view.eye - level) * (this.scale[slice] as number);
  }

  private sampleColumn(column: number, octaves: readonly number[]): void {
    const { slices, distance, height, land } = this;
    const tangent = this.tangent(column);
    for (let slice = 0; slice < slices; slice += 1) {
      const z = distance[slice] as number;
      height[column * slices + slice] = land.height(tangent * z, z, octaves[slice] as number);
    }
  }

  private octavesAt(z: number): number {
    const finest = z * this.pitch * 1.3;
    return Math.round(clamp(Math.log2(FIRST_WAVELENGTH / finest) + 1, 3, 9));
  }
}

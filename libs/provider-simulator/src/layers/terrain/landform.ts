/** The shape of the land. Coordinates in world units: x to the right, z away from the eye. */
export interface Landform {
  /** Nearest and farthest land that is looked at. */
  readonly near: number;
  readonly far: number;
  /** Whether places below zero are under water. */
  readonly wet: boolean;
  /** Height over the water. More octaves give finer detail. */
  height(x: number, z: number, octaves: number): number;
}

/** What grows or lies on the land. */
export interface GroundCover {
  /**
   * Writes the unlit colour to `out` (three numbers).
   * `upright` is the upward part of the normal: 1 on flat ground, 0 on a cliff.
   */
  colourAt(x: number, z: number, height: number, upright: number, out: Float32Array): void;
}

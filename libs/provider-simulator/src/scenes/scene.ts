import type { Layer } from '../image/column.js';

/** A scene is its layers from back to front, painted over nothing. */
export interface Scene {
  readonly layers: readonly Layer[];
  /** How much darker the corners are, 0 to 1. */
  readonly vignette: number;
}

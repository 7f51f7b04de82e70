import type { Column, Layer } from '../image/column.js';

/** Makes everything from a row down water, mirroring what has been painted so far. */
export class WaterLine implements Layer {
  constructor(private readonly row: number) {}

  paint(column: Column): void {
    column.mirrorAbout(this.row);
    column.water.fill(1, Math.ceil(this.row));
  }
}

/**
 * One pixel column of the picture in floating point. Everything it needs (its sky, its land, what its
 * water mirrors) lies within it, so it stays in the fastest cache and the whole picture never exists
 * but as 8-bit RGB.
 */
export class Column {
  /** Index row * 3; displayed RGB, 0 to 1 and a little over. */
  readonly rgb: Float32Array;
  /** 1 where the row shows a water surface. */
  readonly water: Uint8Array;
  /** What still water would show on each row; same index as `rgb`. Meaningless above the horizon. */
  readonly mirror: Float32Array;
  /** Place within the picture, from the left. */
  x = 0;

  constructor(readonly height: number) {
    this.rgb = new Float32Array(height * 3);
    this.water = new Uint8Array(height);
    this.mirror = new Float32Array(height * 3);
  }

  moveTo(x: number): void {
    this.x = x;
    this.water.fill(0);
  }

  /** Copies what stands on a water line, upside down, into the mirror. */
  mirrorAbout(waterLine: number, lowestRow = this.height): void {
    const { rgb, mirror } = this;
    const first = Math.ceil(waterLine);
    for (let row = first; row < lowestRow; row += 1) {
      const above = Math.max(0, 2 * first - 1 - row) * 3;
      const index = row * 3;
      mirror[index] = rgb[above] as number;
      mirror[index + 1] = rgb[above + 1] as number;
      mirror[index + 2] = rgb[above + 2] as number;
    }
  }

  /** Puts a colour over one row; coverage 0 to 1. */
  cover(row: number, red: number, green: number, blue: number, coverage: number): void {
    const { rgb } = this;
    const index = row * 3;
    const r = rgb[index] as number;
    const g = rgb[index + 1] as number;
    const b = rgb[index + 2] as number;
    rgb[index] = r + (red - r) * coverage;
    rgb[index + 1] = g + (green - g) * coverage;
    rgb[index + 2] = b + (blue - b) * coverage;
  }

  /** Adds light to one row. */
  lighten(row: number, red: number, green: number, blue: number): void {
    const index = row * 3;
    this.rgb[index] = (this.rgb[index] as number) + red;
    this.rgb[index + 1] = (this.rgb[index + 1] as number) + green;
    this.rgb[index + 2] = (this.rgb[index + 2] as number) + blue;
  }
}

/** One thing of the scene, painted over what is there. Layers are painted back to front. */
export interface Layer {
  paint(column: Column): void;
}

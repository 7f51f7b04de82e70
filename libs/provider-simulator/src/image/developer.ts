import { clamp } from './colour.js';
import type { Column } from './column.js';

export interface Grade {
  /** 1 leaves it as painted. */
  readonly contrast: number;
  /** 1 leaves it as painted. */
  readonly saturation: number;
  /** How much darker the corners are, 0 to 1. */
  readonly vignette: number;
}

/** The scale of image models, where 7.5 is neutral; more is bolder, bounded to stay believable. */
export function gradeOf(guidanceScale: number, vignette: number): Grade {
  const push = clamp((guidanceScale - 7.5) / 12.5, -0.6, 1);
  return { contrast: 1 + 0.16 * push, saturation: 1 + 0.28 * push, vignette };
}

const DITHER_SIDE = 8;
const CURVE_STEPS = 4096;
/** Brightest value the curve still tells apart. */
const CURVE_REACH = 1.5;
/** Columns gathered before they are written, so that memory is written in whole cache lines. */
const BLOCK = 16;

/** Turns painted columns into 8-bit RGB: grade, highlight shoulder, and dither against banding. */
export class Developer {
  /** Three bytes a pixel, rows from the top. */
  readonly picture: Uint8Array;
  private readonly curve = new Float32Array(CURVE_STEPS + 1);
  private readonly dither = new Float32Array(DITHER_SIDE * DITHER_SIDE);
  private readonly darkening: Float32Array;
  private readonly block: Uint8Array;

  constructor(
    private readonly width: number,
    private readonly height: number,
    private readonly grade: Grade,
  ) {
    this.picture = new Uint8Array(width * height * 3);
    this.block = new Uint8Array(height * BLOCK * 3);
    for (let step = 0; step <= CURVE_STEPS; step += 1) {
      const value = (step / CURVE_STEPS) * CURVE_REACH;
      this.curve[step] = shoulder((value - 0.45) * grade.contrast + 0.45) * 255;
    }
    for (let index = 0; index < this.dither.length; index += 1) {
      this.dither[index] = bayer(index % DITHER_SIDE, Math.floor(index / DITHER_SIDE));
    }
    this.darkening = Float32Array.from({ length: height }, (_, y) => this.darkeningAt(y, height));
  }

  /** Columns come from left to right, each once. */
  develop(column: Column): void {
    const { height, dither, darkening, block } = this;
    const { saturation } = this.grade;
    const { rgb, x } = column;
    const across = this.darkeningAt(x, this.width);
    const ditherColumn = (x & (DITHER_SIDE - 1)) * DITHER_SIDE;
    let to = (x % BLOCK) * 3;
    for (let row = 0, from = 0; row < height; row += 1, from += 3, to += BLOCK * 3) {
      const light = 1 - across - (darkening[row] as number);
      const red = (rgb[from] as number) * light;
      const green = (rgb[from + 1] as number) * light;
      const blue = (rgb[from + 2] as number) * light;
      const grey = (0.3 * red + 0.59 * green + 0.11 * blue) * (1 - saturation);
      const noise = dither[ditherColumn + (row & (DITHER_SIDE - 1))] as number;
      block[to] = this.curved(red * saturation + grey) + noise;
      block[to + 1] = this.curved(green * saturation + grey) + noise;
      block[to + 2] = this.curved(blue * saturation + grey) + noise;
    }
    if (x % BLOCK === BLOCK - 1 || x === this.width - 1) this.writeBlock(x - (x % BLOCK), x + 1);
  }

  private writeBlock(first: number, end: number): void {
    const { block, picture, width, height } = this;
    const length = (end - first) * 3;
    for (let row = 0; row < height; row += 1) {
      let to = (row * width + first) * 3;
      let from = row * BLOCK * 3;
      for (const last = from + length; from < last; from += 1, to += 1) {
        picture[to] = block[from] as number;
      }
    }
  }

  private darkeningAt(position: number, length: number): number {
    const offset = (2 * position) / length - 1;
    return offset * offset * this.grade.vignette;
  }

  private curved(value: number): number {
    const step = (value * (CURVE_STEPS / CURVE_REACH)) | 0;
    return this.curve[step < 0 ? 0 : step > CURVE_STEPS ? CURVE_STEPS : step] as number;
  }
}

/** Straight up to 0.8, then bending so that it never quite reaches white. */
function shoulder(value: number): number {
  return clamp(value <= 0.8 ? value : 0.8 + 0.196 * (1 - Math.exp(-(value - 0.8) / 0.196)));
}

/** Threshold of an ordered 8x8 dither, 0 to 1: its pattern repeats, so it costs little in a PNG. */
function bayer(x: number, y: number): number {
  let rank = 0;
  for (let bit = 0; bit < 3; bit += 1) {
    const a = (x >> bit) & 1;
    const b = (y >> bit) & 1;
    rank |= ((a ^ b) * 2 + b) << (2 * (2 - bit));
  }
  return (rank + 0.5) / 64;
}

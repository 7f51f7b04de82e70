import { clamp, lerp, type Rgb, smoothstep } from '../image/colour.js';
import { Column, type Layer } from '../image/column.js';
import type { View } from '../image/view.js';
import { ProfileMask } from './profile-mask.js';

export interface DoubleExposureOptions {
  readonly mask: ProfileMask;
  /** Middle of the head and its height, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly head: number;
  /** 1 faces right, -1 left. */
  readonly facing: number;
  readonly paper: Rgb;
  readonly ink: Rgb;
  /** Least share of the ink, 0 to 1: the rest is what shows through. */
  readonly veil: number;
  /** Light on the side of the face. */
  readonly rim: Rgb;
  /** What shows through the figure, from back to front. */
  readonly inside: readonly Layer[];
}

/** A silhouette on paper with a second picture showing through it. */
export class DoubleExposure implements Layer {
  private readonly second: Column;

  constructor(
    private readonly view: View,
    private readonly options: DoubleExposureOptions,
  ) {
    this.second = new Column(view.height);
  }

  paint(column: Column): void {
    const { view, second } = this;
    const { x, y, head, facing, mask, inside } = this.options;
    const u = ((column.x + 0.5 - x) / head) * facing;
    const soft = 1.2 / head;
    if (this.touches(u, y, head)) {
      second.moveTo(column.x);
      for (const layer of inside) layer.paint(second);
    }
    for (let row = 0; row < view.height; row += 1) {
      const v = (row + 0.5 - y) / head;
      const depth = mask.at(u, v);
      this.paintPaper(column, row, u, v, depth);
      if (depth > -soft) this.paintFigure(column, row, u, v, depth, clamp(depth / soft + 0.5));
    }
  }

  /** Whether any row of a column may show the figure. */
  private touches(u: number, y: number, head: number): boolean {
    const { mask } = this.options;
    const step = Math.max(1, Math.floor(head / 60));
    for (let row = 0; row < this.view.height; row += step) {
      if (mask.at(u, (row + 0.5 - y) / head) > -0.03) return true;
    }
    return false;
  }

  private paintPaper(column: Column, row: number, u: number, v: number, depth: number): void {
    const { paper } = this.options;
    const halo = 0.1 * Math.exp(Math.min(0, depth) * 2.2);
    const tone =
      0.93 + halo - 0.07 * smoothstep(0.2, 2.4, Math.sqrt((u - 0.3) ** 2 + (v - 0.1) ** 2));
    const index = row * 3;
    column.rgb[index] = paper[0] * tone;
    column.rgb[index + 1] = paper[1] * tone;
    column.rgb[index + 2] = paper[2] * tone;
  }

  private paintFigure(
    column: Column,
    row: number,
    u: number,
    v: number,
    depth: number,
    share: number,
  ): void {
    const { ink, rim, veil: least } = this.options;
    const { rgb } = this.second;
    const front = smoothstep(-0.25, 0.5, u - 0.1 * v);
    const edge = Math.exp(-depth * 9);
    const light = edge * front * 0.42;
    const veil = clamp(least + 0.5 * edge * (1 - front) + 0.5 * smoothstep(1.1, 2.1, v));
    const index = row * 3;
    const part = (channel: 0 | 1 | 2) => {
      const seen = lerp(rgb[index + channel] as number, ink[channel], veil);
      return seen + (rim[channel] - seen) * light;
    };
    column.cover(row, part(0), part(1), part(2), share);
  }
}

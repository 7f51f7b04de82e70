import type { Chance } from '../chance/chance.js';
import type { LatticeNoise } from '../chance/lattice-noise.js';
import { clamp, lerp, type Rgb } from '../image/colour.js';
import type { Column, Layer } from '../image/column.js';
import { ByColumn } from './by-column.js';

interface Conifer {
  /** Pixels. */
  readonly x: number;
  readonly top: number;
  readonly height: number;
  readonly reach: number;
  readonly tiers: number;
  readonly phase: number;
  readonly tone: number;
}

export interface TreeLineOptions {
  readonly width: number;
  readonly height: number;
  /** Row of the ground under a pixel column. */
  readonly groundAt: (x: number) => number;
  /** Tallest tree in pixels at a column; the shortest are half as tall. */
  readonly heightAt: (x: number) => number;
  /** Trees for each tree height of ground. */
  readonly density: number;
  readonly dark: Rgb;
  readonly light: Rgb;
  /** -1 or 1: the side the light comes from. */
  readonly lightSide: number;
  /** Share of snow on the branches, 0 to 1. */
  readonly snow: number;
  readonly noise: LatticeNoise;
}

const SNOW: Rgb = [0.86, 0.89, 0.95];

/** A row of conifers on its own ground, filled with that ground down to the bottom. */
export class TreeLine implements Layer {
  private readonly trees: ByColumn<Conifer>;

  constructor(
    chance: Chance,
    private readonly options: TreeLineOptions,
  ) {
    const trees: Conifer[] = [];
    const { width, heightAt } = options;
    for (let x = -heightAt(0) * 0.2; x < width + heightAt(width) * 0.2; ) {
      const tallest = heightAt(x);
      const height = tallest * (1 - 0.55 * chance.next() ** 1.5);
      if (tallest > 3 && this.options.groundAt(x) < this.options.height + tallest * 0.3)
        trees.push(this.plant(chance, x, height));
      x += Math.max(2, (tallest / options.density) * chance.between(0.4, 1.6));
    }
    trees.sort((a, b) => a.height - b.height);
    this.trees = new ByColumn(width, trees, ({ x, reach }) => [x - reach - 1, x + reach + 1]);
  }

  paint(column: Column): void {
    this.paintGround(column);
    for (const tree of this.trees.at(column.x)) {
      if (Math.abs(column.x - tree.x) < tree.reach) this.paintTree(column, tree);
    }
  }

  private plant(chance: Chance, x: number, height: number): Conifer {
    return {
      x,
      height,
      top: this.options.groundAt(x) - height * 0.97,
      reach: height * chance.between(0.13, 0.2),
      tiers: chance.between(12, 20),
      phase: chance.next(),
      tone: chance.between(0.8, 1.15),
    };
  }

  private paintGround(column: Column): void {
    const { dark, snow } = this.options;
    const ground = this.options.groundAt(column.x);
    for (let row = Math.max(0, Math.floor(ground)); row < column.height; row += 1) {
      const share = clamp(row + 1 - ground);
      const fade = 1 - 0.35 * clamp((row - ground) / (column.height - ground + 1));
      column.cover(
        row,
        lerp(dark[0], SNOW[0], snow * 0.5) * fade,
        lerp(dark[1], SNOW[1], snow * 0.5) * fade,
        lerp(dark[2], SNOW[2], snow * 0.5) * fade,
        share,
      );
      column.water[row] = 0;
    }
  }

  private paintTree(column: Column, tree: Conifer): void {
    const { dark, light, lightSide, snow, noise } = this.options;
    const { top, height, reach, tiers, phase, tone } = tree;
    const dx = column.x - tree.x;
    const side = Math.abs(dx);
    const lit = clamp(0.32 + (0.55 * lightSide * dx) / reach);
    const bottom = Math.min(column.height, Math.ceil(top + height));
    const start = Math.max(0, Math.floor(top + height * (side / reach) ** 1.1 * 0.8));
    for (let row = start; row < bottom; row += 1) {
      const down = (row - top) / height;
      if (down <= 0) continue;
      const droop = (side / reach) * 1.3;
      const tier = down * tiers + phase - droop + (dx > 0 ? 0.43 : 0);
      const along = tier - Math.floor(tier);
      const ragged = noise.at((dx / height) * 60 + tree.x, (row / height) * 110 + tree.x);
      const half = reach * down ** 0.85 * (0.32 + 0.4 * along + 0.55 * ragged) + 0.6;
      const share = clamp(half - side + 0.5);
      if (share === 0) continue;
      const bright = tone * lit * (1 - 0.4 * along) * (0.3 + 1.2 * ragged);
      const white = snow * clamp(1.1 - along * 1.6 + (ragged - 0.5) * 1.2) * (0.5 + 0.5 * lit);
      column.cover(
        row,
        lerp(lerp(dark[0], light[0], bright), SNOW[0], white),
        lerp(lerp(dark[1], light[1], bright), SNOW[1], white),
        lerp(lerp(dark[2], light[2], bright), SNOW[2], white),
        share,
      );
      column.water[row] = 0;
    }
  }
}

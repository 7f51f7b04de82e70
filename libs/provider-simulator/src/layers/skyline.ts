import { Chance } from '../chance/chance.js';
import { fractionOf } from '../chance/hash.js';
import { clamp, lerp, mixed, type Rgb, scaled } from '../image/colour.js';
import type { Column, Layer } from '../image/column.js';

export interface SkylineOptions {
  readonly width: number;
  /** Row on which all buildings stand. */
  readonly base: number;
  /** Pixels: the tallest building, and the usual width of one. */
  readonly tallest: number;
  readonly girth: number;
  /** 0 to 1 across the picture: where the tall ones stand. */
  readonly centre: number;
  readonly wall: Rgb;
  readonly glass: Rgb;
  readonly air: Rgb;
  /** How much air lies before them, 0 to 1. */
  readonly haze: number;
  readonly lamps: readonly [Rgb, ...Rgb[]];
  /** Share of windows that are lit. */
  readonly lit: number;
  /** -1 or 1: the side the light comes from. */
  readonly lightSide: number;
  /** Pixels the row has slid with the camera. */
  readonly shift: number;
}

interface Building {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  /** Column where its two visible faces meet. */
  readonly corner: number;
  readonly crown: 'flat' | 'steps' | 'spire' | 'slant';
  readonly tone: number;
  readonly seed: number;
  /** Pixels. */
  readonly storey: number;
  readonly bay: number;
}

/** A row of buildings with windows, all at one distance. */
export class Skyline implements Layer {
  private readonly buildings: Building[] = [];
  /** Index of the building on each column, -1 for none. */
  private readonly at: Int32Array;

  constructor(
    chance: Chance,
    private readonly options: SkylineOptions,
  ) {
    const { width, girth, shift } = options;
    this.at = new Int32Array(width).fill(-1);
    for (let x = -girth * 2 - (shift % girth); x < width + girth; ) {
      const building = this.raise(chance, x);
      this.buildings.push(building);
      const index = this.buildings.length - 1;
      const end = Math.min(width, Math.round(building.right));
      for (let column = Math.max(0, Math.round(building.left)); column < end; column += 1) {
        const other = this.buildings[this.at[column] as number];
        if (!other || other.top > building.top) this.at[column] = index;
      }
      x += (building.right - building.left) * chance.between(0.62, 1.08);
    }
  }

  paint(column: Column): void {
    const building = this.buildings[this.at[column.x] as number];
    if (!building) return;
    const { base } = this.options;
    const roof = this.roofAt(building, column.x);
    this.paintMast(column, building, roof);
    const first = Math.max(0, Math.ceil(roof));
    for (let row = first; row < Math.min(base, column.height); row += 1) {
      this.paintRow(column, building, row, roof);
    }
  }

  private raise(chance: Chance, x: number): Building {
    const { base, tallest, girth, width, centre } = this.options;
    const wide = girth * chance.between(0.55, 1.5);
    const away = (x + wide / 2) / width - centre;
    const rise = 0.22 + 0.78 * Math.exp(-away * away * 9) * chance.next() ** 0.8;
    const left = x;
    return {
      left,
      right: x + wide,
      top: base - tallest * rise * chance.between(0.65, 1),
      corner: left + wide * chance.between(0.2, 0.8),
      crown: chance.pick(['flat', 'flat', 'steps', 'spire', 'slant']),
      tone: chance.between(0.78, 1.14),
      seed: chance.whole(0, 0x7fffffff),
      storey: Math.max(3, girth * chance.between(0.085, 0.12)),
      bay: Math.max(2.5, girth * chance.between(0.06, 0.12)),
    };
  }

  private roofAt(building: Building, x: number): number {
    const { left, right, top, crown } = building;
    const share = (x - left) / (right - left);
    const wide = right - left;
    if (crown === 'slant')
      return (
        top +
        Math.min(wide * 0.5, (this.options.base - top) * 0.25) *
          (building.seed % 2 ? share : 1 - share)
      );
    if (crown === 'steps') {
      const inset = Math.min(share, 1 - share);
      return top + (inset < 0.14 ? wide * 0.7 : inset < 0.27 ? wide * 0.3 : 0);
    }
    return top;
  }

  private paintMast(column: Column, { left, right, top, crown }: Building, roof: number): void {
    if (crown !== 'spire') return;
    const wide = right - left;
    const half = Math.max(0.8, wide * 0.02);
    const away = Math.abs(column.x + 0.5 - (left + right) / 2);
    if (away > wide * 0.16) return;
    const { wall, air, haze } = this.options;
    const [red, green, blue] = mixed(scaled(wall, 0.8), air, haze);
    const tip = top - wide * (away < half ? 1 : 0.32 - (away / wide) * 1.6);
    for (let row = Math.max(0, Math.floor(tip)); row < roof; row += 1)
      column.cover(row, red, green, blue, 1);
  }

  private paintRow(column: Column, building: Building, row: number, roof: number): void {
    const { wall, glass, air, haze, lightSide, base, lamps, lit } = this.options;
    const { left, corner, storey, bay, seed, tone } = building;
    const facing = (column.x - corner) * lightSide > 0;
    const down = clamp((row - roof) / (base - roof));
    const face = tone * (facing ? 1.12 : 0.68) * (1 - 0.3 * down);
    const bayAt = (column.x - left) / bay;
    const storeyAt = (row - building.top) / storey;
    const alongBay = bayAt - Math.floor(bayAt);
    const alongStorey = storeyAt - Math.floor(storeyAt);
    const pane =
      alongBay > 0.22 &&
      alongBay < 0.84 &&
      alongStorey > 0.3 &&
      alongStorey < 0.82 &&
      row - roof > storey * 0.7;
    let colour = scaled(wall, face);
    if (pane) {
      const chance = fractionOf(seed, Math.floor(bayAt), Math.floor(storeyAt));
      const burning = chance < lit;
      const lamp = lamps[Math.floor((chance / lit) * 17) % lamps.length] as Rgb;
      colour = burning
        ? scaled(lamp, 0.65 + 0.6 * ((chance * 91) % 1))
        : mixed(scaled(wall, face * 0.7), glass, lerp(0.55, 0.2, down) * (facing ? 1 : 0.6));
    }
    const veil = clamp(haze + 0.22 * down * down);
    column.cover(
      row,
      lerp(colour[0], air[0], veil),
      lerp(colour[1], air[1], veil),
      lerp(colour[2], air[2], veil),
      1,
    );
  }
}

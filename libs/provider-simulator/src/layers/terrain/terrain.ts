import { clamp } from '../../image/colour.js';
import type { Column, Layer } from '../../image/column.js';
import type { View } from '../../image/view.js';
import { LandGrid } from './land-grid.js';
import { type LandLight, litColours } from './land-light.js';
import type { GroundCover, Landform } from './landform.js';

/**
 * Land seen in perspective. Each pixel column walks its slices from near to far and fills what rises
 * above everything before it; below the water line it marks water instead.
 */
export class Terrain implements Layer {
  private readonly grid: LandGrid;
  private readonly colours: Float32Array;
  /** Heights along the column being painted. */
  private readonly levels: Float32Array;

  constructor(view: View, land: Landform, ground: GroundCover, light: LandLight) {
    this.grid = new LandGrid(view, land);
    this.levels = new Float32Array(this.grid.slices);
    this.colours = litColours(this.grid, ground, light);
  }

  paint(column: Column): void {
    const { slices, height, view, columns } = this.grid;
    const place = (column.x / view.width) * (columns - 2);
    const left = Math.floor(place);
    const share = place - left;
    const first = left * slices;
    for (let slice = 0; slice < slices; slice += 1) {
      const low = height[first + slice] as number;
      this.levels[slice] = low + ((height[first + slices + slice] as number) - low) * share;
    }
    this.paintLand(column, first * 3, share);
    if (column.water.includes(1)) this.paintMirror(column, first * 3, share);
  }

  /** Where something stands that is at least so far away, on the nearest dry ground there: its row. */
  groundRow(x: number, distance: number): number | undefined {
    const { slices, height, columns, view, distance: distances, waterLine } = this.grid;
    const column = Math.round(clamp(x / view.width) * (columns - 2));
    for (let slice = 0; slice < slices; slice += 1) {
      const level = height[column * slices + slice] as number;
      if ((distances[slice] as number) >= distance && level > Math.max(waterLine, -1) + 0.02) {
        return this.grid.row(column, slice);
      }
    }
    return undefined;
  }

  private paintLand(column: Column, first: number, share: number): void {
    const { slices, scale, view, waterLine } = this.grid;
    const { levels } = this;
    let top = column.height;
    let edge = 0;
    let previousRow = column.height + 1;
    for (let slice = 0; slice < slices && top > 0; slice += 1) {
      const level = levels[slice] as number;
      const wet = level < waterLine;
      const row = view.horizon + (view.eye - (wet ? 0 : level)) * (scale[slice] as number);
      if (row < top) {
        const upper = row > 0 ? Math.ceil(row) : 0;
        if (upper < top) {
          if (wet) column.water.fill(1, upper, top);
          else this.fill(column.rgb, upper, top, first + slice * 3, share, row, previousRow);
          if (edge > 0) soften(column, top, edge);
        }
        top = upper;
        edge = wet ? 0 : upper - row;
      }
      previousRow = row;
    }
    if (edge > 0 && top > 0) soften(column, top, edge);
    const skyline = Math.ceil(view.horizon);
    if (top > skyline && waterLine === 0) column.water.fill(1, skyline, top);
  }

  /**
   * The same walk for an eye as far below the water as ours is above it. A shore never hides the mirrored
   * rows above its own water line, so each stretch of land fills what nearer ones left free.
   */
  private paintMirror(column: Column, first: number, share: number): void {
    const { slices, scale, view } = this.grid;
    const taken = { from: column.height, to: 0 };
    let start = -1;
    let lowest = 0;
    let previousRow = 0;
    for (let slice = 0; slice < slices; slice += 1) {
      const level = this.levels[slice] as number;
      const step = scale[slice] as number;
      const row = view.horizon + (view.eye + Math.max(0, level)) * step;
      if (level < 0 && start >= 0) {
        taken.from = Math.min(taken.from, start);
        taken.to = Math.max(taken.to, lowest);
        start = -1;
      }
      if (level >= 0) {
        if (start < 0) start = lowest = Math.ceil(view.horizon + view.eye * step);
        const end = Math.min(column.height, Math.ceil(row));
        if (end > lowest) {
          const far = first + slice * 3;
          const gap = Math.min(end, taken.from);
          this.fill(column.mirror, lowest, gap, far, share, row, previousRow);
          this.fill(column.mirror, Math.max(lowest, taken.to), end, far, share, row, previousRow);
          lowest = end;
        }
      }
      previousRow = row;
    }
  }

  /** Rows `upper` to `lower` (excluded) between two slices, blended from the far to the near one. */
  private fill(
    rgb: Float32Array,
    upper: number,
    lower: number,
    far: number,
    share: number,
    row: number,
    previousRow: number,
  ): void {
    const { colours } = this;
    const near = far % (this.grid.slices * 3) === 0 ? far : far - 3;
    const step = this.grid.slices * 3;
    const advance = previousRow === row ? 0 : 1 / (previousRow - row);
    for (let channel = 0; channel < 3; channel += 1) {
      const f = far + channel;
      const n = near + channel;
      const f0 = colours[f] as number;
      const n0 = colours[n] as number;
      const farther = f0 + ((colours[f + step] as number) - f0) * share;
      const change = (n0 + ((colours[n + step] as number) - n0) * share - farther) * advance;
      for (let y = upper, index = upper * 3 + channel; y < lower; y += 1, index += 3) {
        rgb[index] = farther + change * (y - row);
      }
    }
  }
}

/** Lets a crest cover its share of the pixel above it, so that outlines are smooth. */
function soften(column: Column, top: number, edge: number): void {
  const { rgb } = column;
  if (top >= column.height || column.water[top]) return;
  const crest = top * 3;
  column.cover(
    top - 1,
    rgb[crest] as number,
    rgb[crest + 1] as number,
    rgb[crest + 2] as number,
    edge,
  );
}

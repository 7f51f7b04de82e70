import type { Chance } from '../chance/chance.js';
import type { Column, Layer } from '../image/column.js';
import type { View } from '../image/view.js';
import { ByColumn } from './by-column.js';

interface Star {
  readonly x: number;
  readonly y: number;
  /** Pixels. */
  readonly radius: number;
  readonly light: number;
  readonly warmth: number;
}

const MOST_STARS = 6000;

/** Points of light, many faint and few bright, thinning out towards the horizon. */
export class Stars implements Layer {
  private readonly stars: ByColumn<Star>;

  constructor(view: View, chance: Chance, density: number, lowestRow: number) {
    const sky = (view.width * lowestRow) / (view.unit * view.unit);
    const count = Math.min(MOST_STARS, Math.round(1400 * sky * density));
    const stars = Array.from({ length: count }, (): Star => {
      const height = chance.next();
      const magnitude = chance.next() ** 6;
      return {
        x: chance.next() * view.width,
        y: lowestRow * height,
        radius: Math.max(0.55, view.unit * (0.00045 + 0.0013 * magnitude)),
        light: density * (0.25 + 0.75 * magnitude + 0.3 * chance.next()) * (1 - height ** 3),
        warmth: chance.next(),
      };
    });
    this.stars = new ByColumn(view.width, stars, ({ x, radius }) => [
      x - radius * 3,
      x + radius * 3,
    ]);
  }

  paint(column: Column): void {
    for (const star of this.stars.at(column.x)) {
      const { x, y, radius, warmth } = star;
      const dx = (column.x - x) / radius;
      const bottom = Math.min(column.height - 1, Math.floor(y + radius * 3));
      for (let row = Math.max(0, Math.ceil(y - radius * 3)); row <= bottom; row += 1) {
        const dy = (row - y) / radius;
        const light = star.light * Math.exp(-(dx * dx + dy * dy) * 1.1);
        column.lighten(
          row,
          light * (0.8 + 0.2 * warmth),
          light * 0.92,
          light * (1.05 - 0.2 * warmth),
        );
      }
    }
  }
}

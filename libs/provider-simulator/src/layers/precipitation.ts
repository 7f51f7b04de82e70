import type { Chance } from '../chance/chance.js';
import type { Column, Layer } from '../image/column.js';
import type { View } from '../image/view.js';
import { ByColumn } from './by-column.js';

interface Drop {
  /** Pixels. */
  readonly x: number;
  readonly y: number;
  readonly length: number;
  readonly radius: number;
  readonly light: number;
}

const MOST_DROPS = 5000;

/** Rain as slanted streaks or snow as soft flakes, nearer ones larger and fewer. */
export class Precipitation implements Layer {
  private readonly drops: ByColumn<Drop>;
  private readonly slant: number;

  constructor(view: View, chance: Chance, kind: 'rain' | 'snow') {
    const rain = kind === 'rain';
    this.slant = rain ? chance.between(-0.2, 0.2) : 0;
    const area = (view.width * view.height) / view.unit ** 2;
    const drops = Array.from(
      { length: Math.min(MOST_DROPS, Math.round(area * (rain ? 1000 : 1400))) },
      (): Drop => {
        const near = chance.next() ** 5;
        return {
          x: chance.next() * view.width,
          y: chance.next() * view.height,
          length: rain ? view.unit * (0.012 + 0.05 * near) : 0,
          radius: Math.max(
            0.6,
            view.unit * (rain ? 0.0004 + 0.0006 * near : 0.0011 + 0.0055 * near),
          ),
          light: (rain ? 0.16 : 0.85) * (1 - 0.6 * near) * chance.between(0.5, 1),
        };
      },
    );
    this.drops = new ByColumn(view.width, drops, ({ x, length, radius }) => {
      const reach = radius * 2 + length * Math.abs(this.slant) + 1;
      return [x - reach, x + reach];
    });
  }

  paint(column: Column): void {
    for (const { x, y, length, radius, light } of this.drops.at(column.x)) {
      const reach = radius * 2 + length;
      const bottom = Math.min(column.height - 1, Math.floor(y + reach));
      for (let row = Math.max(0, Math.ceil(y - reach)); row <= bottom; row += 1) {
        const along = Math.max(-length, Math.min(length, row - y));
        const dx = (column.x - x - along * this.slant) / radius;
        const dy = (row - y - along) / radius;
        const share = light * Math.exp(-(dx * dx + dy * dy) * 0.9);
        if (share > 0.01) column.cover(row, 0.92, 0.95, 1, share);
      }
    }
  }
}

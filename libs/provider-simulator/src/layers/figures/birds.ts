import type { Chance } from '../../chance/chance.js';
import type { Rgb } from '../../image/colour.js';
import type { View } from '../../image/view.js';
import { coloured, type Figure, within } from './figure.js';

/** A loose flock in the sky, wings at different beats. */
export function birds(view: View, chance: Chance, colour: Rgb): Figure[] {
  const x = view.width * chance.between(0.25, 0.75) + view.travel * view.unit * 0.03;
  const y = view.horizon - view.unit * chance.between(0.2, 0.34);
  return Array.from({ length: chance.whole(6, 11) }, () => {
    const distance = chance.between(0.6, 1.5);
    return bird(
      x + view.unit * chance.between(-0.2, 0.2),
      y + view.unit * chance.between(-0.09, 0.09),
      (view.unit * 0.016) / distance,
      chance.between(0.15, 0.75),
      colour,
    );
  });
}

function bird(x: number, y: number, size: number, lift: number, colour: Rgb): Figure {
  return {
    x,
    y,
    size,
    box: [-1.1, -1, 1.1, 0.5],
    shade(u, v, pixel, paint) {
      const out = Math.abs(u);
      const wing = -lift * Math.sin(Math.min(1, out) * 2.3) + 0.55 * lift * out * out;
      const thickness = 0.11 * (1 - out) + 0.03;
      return coloured(
        paint,
        colour,
        out > 1 ? 0 : within(thickness - Math.abs(v - wing), pixel),
        1,
      );
    },
  };
}

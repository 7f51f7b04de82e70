import type { Chance } from '../chance/chance.js';
import { mixed, rgb, scaled } from '../image/colour.js';
import type { View } from '../image/view.js';
import { balloon } from '../layers/figures/balloon.js';
import { birds } from '../layers/figures/birds.js';
import { cabin } from '../layers/figures/cabin.js';
import type { Figure } from '../layers/figures/figure.js';
import { sailboat } from '../layers/figures/sailboat.js';
import type { Terrain } from '../layers/terrain/terrain.js';
import type { SceneBrief } from '../prompt/scene-brief.js';
import type { Heaven } from './heaven.js';

const BALLOON_COLOURS: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['#d8533b', '#f3e2c0'],
  ['#2f6f8f', '#f0c75e'],
  ['#7a3f78', '#f0a35e'],
  ['#2f7f6a', '#f2ead8'],
];

/** Small things in the sky. */
export function airborne(brief: SceneBrief, chance: Chance, view: View, heaven: Heaven): Figure[] {
  const light = heaven.landLight;
  const lightSide = heaven.sun.x < view.centre ? -1 : 1;
  const figures: Figure[] = [];
  if (brief.extras.has('balloon')) {
    for (const [index, size] of [0.035, 0.055, 0.105].entries()) {
      const colours = chance.pick(BALLOON_COLOURS);
      figures.push(
        balloon({
          x:
            view.centre +
            view.width * (0.26 * (index - 1) * chance.side() + chance.between(-0.1, 0.1)),
          y:
            view.horizon -
            view.unit * (0.26 + 0.07 * index + chance.between(0, 0.06)) -
            view.travel * view.unit * 0.006,
          size: view.unit * size,
          colours: [rgb(colours[0]), rgb(colours[1])],
          light: mixed(light, heaven.sky.colourAt(view.centre, view.horizon), 0.25 - 0.1 * index),
          lightSide,
        }),
      );
    }
  }
  if (brief.extras.has('birds')) {
    figures.push(...birds(view, chance, scaled(heaven.daylight.ambient, 0.3)));
  }
  return figures;
}

/** Small things on land or water. */
export function standing(
  brief: SceneBrief,
  chance: Chance,
  view: View,
  heaven: Heaven,
  terrain: Terrain,
): Figure[] {
  const light = heaven.landLight;
  const wet = brief.ground === 'sea' || brief.lake;
  const figures: Figure[] = [];
  const side = chance.side();
  if (brief.extras.has('cabin')) {
    const x = view.centre - side * view.width * chance.between(0.12, 0.26);
    const row = terrain.groundRow(x, wet ? 0 : 0.75);
    if (row !== undefined) {
      figures.push(
        cabin({
          x,
          y: row + view.unit * 0.004,
          size: view.unit * (wet ? 0.05 : 0.075),
          light,
          snow: brief.winter,
          lamps: Math.max(0, 1.4 - 1.7 * light[1]),
        }),
      );
    }
  }
  if (brief.extras.has('boat') && wet) {
    const distance = chance.between(0.75, 1.1);
    figures.push(
      sailboat({
        x:
          view.centre +
          side * view.width * chance.between(0.06, 0.26) -
          view.travel * view.unit * 0.012,
        y: Math.round(view.horizon + (view.eye * view.unit) / distance),
        size: (view.unit * 0.16) / distance,
        sail: brief.tints[0]
          ? mixed(rgb(brief.tints[0]), [0.95, 0.93, 0.9], 0.3)
          : [0.95, 0.93, 0.9],
        light,
      }),
    );
  }
  return figures;
}

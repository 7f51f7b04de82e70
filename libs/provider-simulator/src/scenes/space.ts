import type { Chance } from '../chance/chance.js';
import { LatticeNoise } from '../chance/lattice-noise.js';
import { hueTurned, mixed, type Rgb, rgb } from '../image/colour.js';
import { type Picture, viewOf } from '../image/view.js';
import { Nebula } from '../layers/nebula.js';
import { Planet } from '../layers/planet.js';
import { Stars } from '../layers/stars.js';
import type { SceneBrief } from '../prompt/scene-brief.js';
import type { Scene } from './scene.js';

/** A planet, perhaps with a ring and a moon, before a nebula full of stars. */
export function space(brief: SceneBrief, chance: Chance, picture: Picture): Scene {
  const view = viewOf(picture, 1, 0.1);
  const draw = chance.fork('planet');
  const tint = brief.tints[0];
  const base: Rgb = tint
    ? rgb(tint)
    : rgb(draw.pick(['#c98a5a', '#b9a184', '#5f86a8', '#9a6a86', '#6d8f84', '#a8553f']));
  const radius = view.unit * draw.between(0.2, 0.3);
  const side = draw.side();
  const x =
    view.centre + side * view.width * draw.between(0.08, 0.2) + view.travel * view.unit * 0.02;
  const y = view.height * draw.between(0.45, 0.62);
  const lightSide = -side;
  const planet = new Planet({
    x,
    y,
    radius,
    base,
    accent: mixed(
      hueTurned(base, draw.between(-0.06, 0.06)),
      [0.95, 0.9, 0.84],
      draw.between(0.35, 0.6),
    ),
    air: hueTurned(rgb('#6fb2ff'), draw.between(-0.08, 0.08)),
    banded: draw.next() < 0.55,
    ring: draw.next() < 0.6 || brief.ringed,
    tilt: draw.between(-0.45, 0.45),
    light: [lightSide * 0.78, -0.42, 0.46],
    spin: view.travel * 0.06,
    noise: new LatticeNoise(draw.seed),
  });
  const moon = new Planet({
    x: x - side * radius * draw.between(1.5, 2.1),
    y: y - radius * draw.between(0.5, 1.2),
    radius: radius * draw.between(0.09, 0.2),
    base: rgb('#a9a39b'),
    accent: rgb('#77726d'),
    air: [0, 0, 0],
    banded: false,
    ring: false,
    tilt: 0,
    light: [lightSide * 0.78, -0.42, 0.46],
    spin: 0,
    noise: new LatticeNoise(draw.seed + 1),
  });
  return {
    layers: [
      new Nebula(view, chance.fork('nebula'), tint ? rgb(tint) : undefined),
      new Stars(view, chance.fork('stars'), 1.1, view.height * 1.25),
      moon,
      planet,
    ],
    vignette: 0.12,
  };
}

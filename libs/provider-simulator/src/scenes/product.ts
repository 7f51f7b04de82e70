import type { Chance } from '../chance/chance.js';
import { LatticeNoise } from '../chance/lattice-noise.js';
import { hueTurned, mixed, type Rgb, rgb, scaled } from '../image/colour.js';
import { type Picture, viewOf } from '../image/view.js';
import { Studio } from '../layers/studio/studio.js';
import { Vessel } from '../layers/studio/vessel.js';
import { PROFILES } from '../layers/studio/vessel-profile.js';
import type { SceneBrief } from '../prompt/scene-brief.js';
import type { Material, Product, TimeOfDay } from '../prompt/vocabulary.js';
import type { Scene } from './scene.js';

/** Wall, table and ware that go together. */
const SETS = [
  ['#d9c7b4', '#b58f6d', '#3f5d56'],
  ['#b9c9cf', '#8fa3a9', '#d9825b'],
  ['#e3d3cf', '#c9a69d', '#5b4a6b'],
  ['#c7d0b8', '#98a283', '#e8e2d2'],
  ['#3a424d', '#2a2d33', '#c99d5b'],
  ['#e6dcc2', '#c9b78f', '#27506b'],
] as const;

const WALNUT: Rgb = rgb('#8d5f3d');
const MATERIALS: Readonly<Record<Product, Material>> = {
  bottle: 'glass',
  vase: 'ceramic',
  mug: 'ceramic',
  lamp: 'metal',
  jar: 'glass',
  bowl: 'ceramic',
};
const WARMTH: Readonly<Record<TimeOfDay, Rgb>> = {
  dawn: [1.02, 0.95, 0.92],
  day: [1, 1, 1],
  golden: [1.08, 0.96, 0.8],
  sunset: [1.1, 0.86, 0.74],
  dusk: [0.7, 0.68, 0.86],
  night: [0.42, 0.45, 0.6],
};

/** One turned object on a table by a window. */
export function product(brief: SceneBrief, chance: Chance, picture: Picture): Scene {
  const view = viewOf(picture, 0.6, 0.1);
  const draw = chance.fork('set');
  const kind = brief.product ?? draw.pick<Product>(['bottle', 'vase', 'mug', 'jar']);
  const [wallHex, tableHex, wareHex] = draw.pick([...SETS] as [
    (typeof SETS)[number],
    ...(typeof SETS)[number][],
  ]);
  const warmth = WARMTH[brief.time ?? 'day'];
  const shade = (colour: Rgb): Rgb => [
    colour[0] * warmth[0],
    colour[1] * warmth[1],
    colour[2] * warmth[2],
  ];
  const [first, second] = brief.tints.map(rgb);
  const wall = shade(
    second
      ? mixed(second, [0.9, 0.88, 0.85], 0.35)
      : hueTurned(rgb(wallHex), draw.between(-0.03, 0.03)),
  );
  const wooden = brief.woodenTable || draw.next() < 0.35;
  const table = shade(wooden ? WALNUT : rgb(tableHex));
  const profile = PROFILES[kind];
  const material = brief.material ?? MATERIALS[kind];
  const lightSide = draw.side();
  const foot = view.height * 0.5 + view.unit * (0.16 + profile.height * 0.42);
  const noise = new LatticeNoise(draw.seed);
  return {
    layers: [
      new Studio(view, {
        wall,
        table,
        wooden,
        edge: foot - view.unit * 0.17,
        lightSide,
        window: brief.time === 'night' ? 0 : draw.next() < 0.75 ? 1 : 0,
        noise,
      }),
      new Vessel({
        profile,
        material,
        x: view.centre + view.unit * (draw.between(-0.06, 0.06) - 0.015 * view.travel),
        y: foot,
        size: profile.height * view.unit,
        body: shade(
          first ?? (material === 'wood' ? mixed(WALNUT, [0.85, 0.62, 0.4], 0.4) : rgb(wareHex)),
        ),
        accent: shade(draw.pick([rgb('#c9a25c'), rgb('#33363d'), rgb('#b9bcc2')])),
        room: scaled(wall, 1),
        table,
        lightSide,
        burning: kind === 'lamp',
        noise,
      }),
    ],
    vignette: 0.13,
  };
}

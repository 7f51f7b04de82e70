import type { Chance } from '../chance/chance.js';
import { LatticeNoise } from '../chance/lattice-noise.js';
import { mixed, type Rgb, rgb } from '../image/colour.js';
import type { Layer } from '../image/column.js';
import { type Picture, type View, viewOf } from '../image/view.js';
import { Beach } from '../layers/beach.js';
import { FigureReflections, Figures } from '../layers/figures/figure.js';
import { AlpineCover, SandCover } from '../layers/terrain/ground-covers.js';
import type { GroundCover, Landform } from '../layers/terrain/landform.js';
import * as landforms from '../layers/terrain/landforms.js';
import { Terrain } from '../layers/terrain/terrain.js';
import { Water } from '../layers/water.js';
import type { SceneBrief } from '../prompt/scene-brief.js';
import { forestEdge, mistyForest } from './forest.js';
import { type Heaven, heavenOf } from './heaven.js';
import type { Scene } from './scene.js';
import { airborne, standing } from './staffage.js';

/** Share of the height above the horizon, and height of the eye, by ground. */
const STANDPOINTS = {
  mountains: { horizon: 0.58, eye: 0.09 },
  hills: { horizon: 0.46, eye: 0.16 },
  dunes: { horizon: 0.42, eye: 0.34 },
  sea: { horizon: 0.5, eye: 0.06 },
  forest: { horizon: 0.62, eye: 0.1 },
} as const;

/** Land under a sky, with water, trees and small things as the brief asks. */
export function landscape(brief: SceneBrief, chance: Chance, picture: Picture): Scene {
  const { horizon, eye } = STANDPOINTS[brief.ground];
  const view = viewOf(picture, horizon, eye);
  const heaven = heavenOf(brief, chance, view);
  const sky = [
    ...heaven.behind,
    new Figures(airborne(brief, chance.fork('airborne'), view, heaven)),
  ];
  if (brief.ground === 'forest') {
    const trees = mistyForest(brief, chance.fork('trees'), view, heaven);
    return { layers: [...sky, ...trees, ...heaven.before], vignette: 0.12 };
  }
  const terrain = terrainOf(brief, chance, view, heaven);
  const figures = standing(brief, chance.fork('standing'), view, heaven, terrain);
  const layers: Layer[] = [...sky];
  if (isWet(brief)) {
    const mirrorSky: Layer = { paint: (column) => column.mirrorAbout(view.horizon) };
    const water = waterOf(brief, chance.fork('water'), view, heaven);
    layers.push(mirrorSky, terrain, new FigureReflections(figures), water);
  } else layers.push(terrain);
  if (brief.extras.has('beach'))
    layers.push(new Beach(view, chance.fork('beach'), heaven.landLight));
  layers.push(new Figures(figures));
  if (brief.forest) layers.push(...forestEdge(brief, chance.fork('trees'), view, heaven));
  return { layers: [...layers, ...heaven.before], vignette: 0.1 };
}

const isWet = (brief: SceneBrief): boolean =>
  brief.ground === 'sea' || (brief.lake && brief.ground !== 'dunes');

function terrainOf(brief: SceneBrief, chance: Chance, view: View, heaven: Heaven): Terrain {
  const noise = new LatticeNoise(chance.fork('land').seed);
  const land = landformOf(brief, chance.fork('landform'), noise, view);
  return new Terrain(view, land, coverOf(brief, chance.fork('cover'), noise), {
    towardsSun: heaven.towardsSun,
    direct: heaven.direct,
    ambient: heaven.daylight.ambient,
    airAt: (x) => heaven.sky.colourAt(x, view.horizon - 0.05 * view.unit),
    haze: heaven.haze,
  });
}

const LANDFORMS = {
  mountains: landforms.mountains,
  hills: landforms.hills,
  dunes: landforms.dunes,
  sea: landforms.coast,
  forest: landforms.hills,
} as const;

function landformOf(brief: SceneBrief, chance: Chance, noise: LatticeNoise, view: View): Landform {
  const scattered = brief.ground === 'hills' || brief.ground === 'mountains' ? 0.012 : 0;
  return LANDFORMS[brief.ground](chance, {
    nearest: (0.8 * (view.eye - 0.015) * view.unit) / (view.height - view.horizon),
    noise,
    travel: view.travel,
    water: isWet(brief),
    trees: brief.forest ? 0.03 : scattered,
  });
}

const SAND: Rgb = rgb('#d9a066');

function coverOf(brief: SceneBrief, chance: Chance, noise: LatticeNoise): GroundCover {
  const tint = brief.tints[0] ? rgb(brief.tints[0]) : undefined;
  if (brief.ground === 'dunes') return new SandCover(noise, tint ? mixed(SAND, tint, 0.45) : SAND);
  const meadow = mixed(rgb('#6f8a45'), rgb('#9c9452'), chance.next());
  return new AlpineCover(noise, {
    meadow: brief.winter ? rgb('#cfd5dd') : meadow,
    forest: mixed(rgb('#2b4129'), rgb('#37503a'), chance.next()),
    rock: mixed(rgb('#85817c'), rgb('#7a7f8a'), chance.next()),
    snow: rgb(brief.winter ? '#dde3ee' : '#f2f5fb'),
    wooded: brief.forest ? 0.85 : chance.between(0.4, 0.65),
    treeLine: brief.ground === 'sea' ? 0.5 : 0.75,
    snowLine: brief.winter ? -0.4 : brief.ground === 'mountains' ? chance.between(1, 1.35) : 1.6,
    flowers: tint ?? rgb('#b58ad0'),
    flowering: brief.extras.has('flowers') ? 0.85 : 0,
  });
}

function waterOf(brief: SceneBrief, chance: Chance, view: View, heaven: Heaven): Layer {
  const sea = brief.ground === 'sea';
  const wild = brief.weather === 'storm' ? 1 : brief.weather === 'rain' ? 0.6 : 0;
  return new Water(view, heaven.sun, {
    body: heaven.daylight.water,
    roughness: Math.min(1, (sea ? 0.55 : 0.14) + wild * 0.5),
    glint: heaven.daylight.disc,
    glintStrength: brief.weather === 'clear' ? 0.85 : 0.35,
    foam: sea ? 0.12 + 0.6 * wild : 0,
    noise: new LatticeNoise(chance.seed),
  });
}

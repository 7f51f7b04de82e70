import type { Chance } from '../chance/chance.js';
import { LatticeNoise } from '../chance/lattice-noise.js';
import { mixed, type Rgb, rgb, scaled } from '../image/colour.js';
import type { Layer } from '../image/column.js';
import { type Picture, type View, viewOf } from '../image/view.js';
import { Skyline } from '../layers/skyline.js';
import { Water } from '../layers/water.js';
import { WaterLine } from '../layers/water-line.js';
import type { SceneBrief } from '../prompt/scene-brief.js';
import { type Heaven, heavenOf } from './heaven.js';
import type { Scene } from './scene.js';

const WARM: Rgb = [1.2, 0.86, 0.48];
const COOL: Rgb = [0.86, 0.98, 1.12];

/** Rows of towers into the distance, over a river that mirrors them. */
export function city(brief: SceneBrief, chance: Chance, picture: Picture): Scene {
  const view = viewOf(picture, 0.66, 0.05);
  const heaven = heavenOf(brief, chance, view);
  const dark = 1 - Math.min(1, heaven.direct[1] * 0.75 + heaven.daylight.ambient[1] * 0.5);
  const rows = [0, 1, 2, 3].map((row) =>
    skylineRow(brief, chance.fork(`row ${row}`), view, heaven, row, dark),
  );
  const glow: Layer = new CityGlow(view, scaled(WARM, 0.32 * Math.max(0, dark - 0.25)));
  return {
    layers: [
      ...heaven.behind,
      glow,
      ...rows,
      new WaterLine(view.horizon),
      new Water(view, heaven.sun, {
        body: scaled(heaven.daylight.water, 0.8),
        roughness: 0.32,
        glint: heaven.daylight.disc,
        glintStrength: brief.weather === 'clear' ? 0.7 : 0.2,
        foam: 0,
        noise: new LatticeNoise(chance.fork('water').seed),
      }),
      ...heaven.before,
    ],
    vignette: 0.12,
  };
}

function skylineRow(
  brief: SceneBrief,
  chance: Chance,
  view: View,
  heaven: Heaven,
  row: number,
  dark: number,
): Layer {
  const near = row / 3;
  const air = heaven.sky.colourAt(view.centre, view.horizon - 0.06 * view.unit);
  const light: Rgb = mixed(heaven.daylight.ambient, heaven.direct, 0.45);
  const stone = mixed(rgb('#7d8590'), rgb('#8d7d74'), chance.next());
  const tints = brief.tints.map((tint) => scaled(rgb(tint), 1.35));
  return new Skyline(chance, {
    width: view.width,
    base: Math.ceil(view.horizon),
    tallest: view.unit * (0.5 - 0.09 * row + chance.between(-0.03, 0.03)),
    girth: view.unit * (0.045 + 0.022 * row),
    centre: 0.5 + chance.between(-0.22, 0.22),
    wall: [stone[0] * light[0], stone[1] * light[1], stone[2] * light[2]],
    glass: heaven.sky.colourAt(view.centre, view.horizon - 0.35 * view.unit),
    air,
    haze: (0.68 - 0.58 * near) * (brief.weather === 'fog' ? 1.35 : 1),
    lamps: [WARM, WARM, ...tints, tints.length > 0 ? WARM : COOL],
    lit: 0.06 + 0.5 * dark * (0.5 + 0.5 * near),
    lightSide: heaven.sun.x < view.centre ? -1 : 1,
    shift: view.travel * view.unit * (0.008 + 0.012 * near),
  });
}

/** The warm light a town throws on the air over it. */
class CityGlow implements Layer {
  constructor(
    private readonly view: View,
    private readonly light: Rgb,
  ) {}

  paint(column: { lighten(row: number, red: number, green: number, blue: number): void }): void {
    const { view, light } = this;
    const bottom = Math.min(view.height, Math.ceil(view.horizon));
    for (
      let row = Math.max(0, Math.floor(view.horizon - view.unit * 0.6));
      row < bottom;
      row += 1
    ) {
      const share = Math.exp(-((view.horizon - row) / view.unit) * 7);
      column.lighten(row, light[0] * share, light[1] * share, light[2] * share);
    }
  }
}

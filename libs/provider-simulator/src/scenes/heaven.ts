import type { Chance } from '../chance/chance.js';
import { LatticeNoise } from '../chance/lattice-noise.js';
import { clamp, hueTurned, mixed, type Rgb, rgb, scaled } from '../image/colour.js';
import type { Layer } from '../image/column.js';
import type { View } from '../image/view.js';
import { Aurora } from '../layers/aurora.js';
import { Clouds } from '../layers/clouds.js';
import { Precipitation } from '../layers/precipitation.js';
import { Sky, type SunPlace } from '../layers/sky.js';
import { Stars } from '../layers/stars.js';
import type { SceneBrief } from '../prompt/scene-brief.js';
import type { TimeOfDay, Weather } from '../prompt/vocabulary.js';
import { DAYLIGHTS, type Daylight } from './daylight.js';

/** The sky of a scene and the light it gives. */
export interface Heaven {
  readonly daylight: Daylight;
  readonly sky: Sky;
  readonly sun: SunPlace;
  readonly towardsSun: Rgb;
  /** Light of the sun as the weather lets it through. */
  readonly direct: Rgb;
  /** All light that falls on something standing upright. */
  readonly landLight: Rgb;
  /** How much air hides per world unit. */
  readonly haze: number;
  /** Behind the land. */
  readonly behind: readonly Layer[];
  /** Before everything: rain, snow. */
  readonly before: readonly Layer[];
}

const CLOUD_COVER: Readonly<Record<Weather, number>> = {
  clear: 0.32,
  cloudy: 0.72,
  fog: 0.5,
  rain: 0.95,
  snowfall: 0.85,
  storm: 1.05,
};
const OVERCAST: Readonly<Record<Weather, number>> = {
  clear: 0,
  cloudy: 0.25,
  fog: 0.7,
  rain: 0.7,
  snowfall: 0.6,
  storm: 0.75,
};

export function heavenOf(brief: SceneBrief, chance: Chance, view: View): Heaven {
  const time = brief.time ?? chance.fork('time').pick<TimeOfDay>(['day', 'golden', 'dawn', 'day']);
  const daylight = daylightOf(brief, time, chance.fork('palette'));
  const draw = chance.fork('sun');
  const bright =
    daylight.elevation < 0.3 ||
    brief.extras.has('sun') ||
    brief.extras.has('moon') ||
    time === 'night';
  const sun: SunPlace = {
    x: view.centre + draw.side() * draw.between(0.08, 0.3) * view.width,
    y: view.horizon - daylight.elevation * draw.between(0.8, 1.25) * view.unit,
    radius:
      bright && OVERCAST[brief.weather] < 0.5 ? view.unit * (time === 'night' ? 0.03 : 0.026) : 0,
  };
  const sky = new Sky(view, daylight, sun, brief.ground === 'forest' ? view.height : undefined);
  const clouds = new Clouds(view, daylight, sun, sky, {
    cover: CLOUD_COVER[brief.weather] + chance.fork('cover').between(-0.06, 0.1),
    brightness: 1,
    noise: new LatticeNoise(chance.fork('clouds').seed),
    drift: view.travel * 0.08,
  });
  const stars =
    daylight.stars > 0 ? [new Stars(view, chance.fork('stars'), daylight.stars, view.horizon)] : [];
  const x = (sun.x - view.centre) / view.width;
  const towards: Rgb = [Math.sign(x) * 0.86, 0.26 + daylight.elevation * 0.9, 0.12];
  const length = Math.hypot(...towards);
  const direct = scaled(daylight.direct, 1 - 0.8 * OVERCAST[brief.weather]);
  return {
    daylight,
    sky,
    sun,
    towardsSun: scaled(towards, 1 / length),
    direct,
    landLight: paler(mixed(scaled(daylight.ambient, 1.5), scaled(direct, 1.1), 0.5)),
    haze: 0.075 + (brief.weather === 'fog' ? 0.4 : 0.1 * OVERCAST[brief.weather]),
    behind: [
      sky,
      ...stars,
      ...(brief.extras.has('aurora') ? [new Aurora(view, chance.fork('aurora'))] : []),
      clouds,
    ],
    before: precipitation(brief, chance.fork('precipitation'), view),
  };
}

/** Eyes adapt to coloured light. */
function paler(light: Rgb): Rgb {
  const grey = (light[0] + light[1] + light[2]) / 3;
  return mixed(light, [grey, grey, grey], 0.45);
}

function precipitation(brief: SceneBrief, chance: Chance, view: View): Layer[] {
  if (brief.weather === 'snowfall') return [new Precipitation(view, chance, 'snow')];
  return brief.weather === 'rain' || brief.weather === 'storm'
    ? [new Precipitation(view, chance, 'rain')]
    : [];
}

const GREY: Rgb = rgb('#8d97a3');
const FOG: Rgb = rgb('#c2cbd1');

/** The light of a time of day, turned a little by chance, tinted by colour words, dulled by weather. */
function daylightOf(brief: SceneBrief, time: TimeOfDay, chance: Chance): Daylight {
  const base = DAYLIGHTS[time];
  const turn = chance.between(-0.022, 0.022);
  const tint = brief.skyTint ? rgb(brief.skyTint) : undefined;
  const dull = OVERCAST[brief.weather];
  const level = (base.ambient[1] + 0.1) * 1.5;
  const shift = (colour: Rgb): Rgb => {
    const turned = hueTurned(colour, turn);
    const tinted = tint ? mixed(turned, scaled(tint, 0.35 + 0.75 * turned[1]), 0.42) : turned;
    return mixed(
      tinted,
      scaled(brief.weather === 'fog' ? FOG : GREY, clamp(level, 0.25, 1.15)),
      dull * 0.8,
    );
  };
  return {
    ...base,
    sky: base.sky.map(([elevation, colour]) => [elevation, shift(colour)] as const),
    glow: shift(base.glow),
    glowStrength: base.glowStrength * (1 - 0.7 * dull),
    cloudLit: shift(base.cloudLit),
    cloudShade: scaled(shift(base.cloudShade), 1 - (brief.weather === 'storm' ? 0.75 : 0.4) * dull),
    water: mixed(shift(base.water), base.water, 0.5),
    ambient: mixed(base.ambient, scaled([1, 1.04, 1.1], base.ambient[1] * 1.35), dull),
    stars: dull > 0.3 ? 0 : base.stars,
  };
}

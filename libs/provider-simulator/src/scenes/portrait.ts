import type { Chance } from '../chance/chance.js';
import { mixed, type Rgb, rgb, scaled } from '../image/colour.js';
import { type Picture, viewOf } from '../image/view.js';
import { DoubleExposure } from '../layers/double-exposure.js';
import { ProfileMask } from '../layers/profile-mask.js';
import type { SceneBrief } from '../prompt/scene-brief.js';
import type { Ground, Hair, TimeOfDay } from '../prompt/vocabulary.js';
import { landscape } from './landscape.js';
import type { Scene } from './scene.js';

/** How much of the figure is its own colour: somebody is to be recognised through any landscape. */
const [ANYBODY_VEIL, SOMEBODY_VEIL] = [0.12, 0.72];

/** The profile of nobody in particular, with a landscape showing through it. */
export function portrait(brief: SceneBrief, chance: Chance, picture: Picture): Scene {
  const view = viewOf(picture, 0.5, 0.1);
  const draw = chance.fork('figure');
  const tint = brief.tints[0] ? rgb(brief.tints[0]) : undefined;
  const time = brief.time ?? draw.pick<TimeOfDay>(['sunset', 'golden', 'dusk', 'dawn']);
  const ground =
    brief.ground === 'hills' ? draw.pick<Ground>(['mountains', 'mountains', 'sea']) : brief.ground;
  const inner = landscape(
    { ...brief, subject: 'landscape', time, ground, lake: ground === 'mountains' },
    chance.fork('inside'),
    picture,
  );
  const { looks } = brief;
  const facing = looks?.facing ?? draw.side();
  const night = time === 'night';
  const anyPaper: Rgb = mixed(
    night ? rgb('#39415a') : rgb('#eee7dc'),
    tint ?? rgb('#d9cbb8'),
    tint ? 0.3 : draw.between(0, 0.6),
  );
  const paper = looks?.paper ?? anyPaper;
  const hair = brief.hair ?? draw.pick<Hair>(['short', 'long', 'bun', 'curls', 'hat']);
  return {
    layers: [
      new DoubleExposure(view, {
        mask: new ProfileMask(looks?.hair ?? hair, looks?.seed ?? draw.seed, looks?.face),
        x: view.centre - facing * view.unit * (0.03 + 0.008 * view.travel),
        y: view.height * 0.5 - view.unit * 0.1,
        head: view.unit * 0.44,
        facing,
        paper,
        ink: looks?.ink ?? scaled(tint ? mixed(rgb('#1c2233'), tint, 0.3) : rgb('#1c2233'), 0.9),
        rim: mixed(paper, [1.1, 1.02, 0.92], 0.5),
        veil: looks === undefined ? ANYBODY_VEIL : SOMEBODY_VEIL,
        inside: inner.layers,
      }),
    ],
    vignette: 0.1,
  };
}

import type { Chance } from '../chance/chance.js';
import type { Picture } from '../image/view.js';
import type { SceneBrief } from '../prompt/scene-brief.js';
import type { Subject } from '../prompt/vocabulary.js';
import { abstract } from './abstract.js';
import { city } from './city.js';
import { landscape } from './landscape.js';
import { portrait } from './portrait.js';
import { product } from './product.js';
import type { Scene } from './scene.js';
import { space } from './space.js';

type Composer = (brief: SceneBrief, chance: Chance, picture: Picture) => Scene;

const COMPOSERS: Readonly<Record<Subject, Composer>> = {
  landscape,
  city,
  product,
  portrait,
  space,
  abstract,
};

/** Lays out what the brief asks for; all that it leaves open comes from chance. */
export const composeScene: Composer = (brief, chance, picture) =>
  COMPOSERS[brief.subject](brief, chance, picture);

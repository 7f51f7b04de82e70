import type { IdentityEmbedding } from '@imprest/application';
import { mixed, type Rgb } from '../image/colour.js';
import type { Hair } from '../prompt/vocabulary.js';
import { EMBEDDING_LENGTH, hairAt } from './embedding.js';

/** How somebody is drawn, wherever they are and whatever the light is. */
export interface Looks {
  readonly hair: Hair;
  /** -1 or 1: the side the face turns to. */
  readonly facing: number;
  /** Of the strands of hair. */
  readonly seed: number;
  /** How far forehead, nose, lips and chin stand out, in head heights; 0 is the common face. */
  readonly face: readonly [forehead: number, nose: number, lips: number, chin: number];
  readonly paper: Rgb;
  readonly ink: Rgb;
}

/** Head heights that a part of a face may stand out by more or less. */
const FACE_SPREAD = 0.05;
const SEEDS = 2 ** 31;

/** A hue of a circle of colours, 0 to 1, at a lightness. */
function hueOf(turn: number, light: number, strength: number): Rgb {
  const part = (shift: number) => light + strength * Math.cos((turn - shift) * 2 * Math.PI);
  return [part(0), part(1 / 3), part(2 / 3)];
}

/** Numbers of another provider are read as they come: they lead to some looks, always the same ones. */
export function looksOf(embedding: IdentityEmbedding): Looks {
  const at = (index: number) => {
    const number = embedding[index % Math.max(1, embedding.length)] ?? 0;
    return number - Math.floor(number);
  };
  const outward = (index: number) => (at(index) - 0.5) * 2 * FACE_SPREAD;
  const turn = at(6);
  return {
    hair: hairAt(at(0)),
    facing: at(1) < 0.5 ? -1 : 1,
    seed: Math.floor(at(EMBEDDING_LENGTH - 1) * SEEDS),
    face: [outward(2), outward(3), outward(4), outward(5)],
    paper: hueOf(turn, 0.5 + 0.36 * at(7), 0.1 + 0.08 * at(8)),
    ink: mixed([0.08, 0.08, 0.12], hueOf(turn + 0.35 + 0.3 * at(9), 0.42, 0.25), 0.75),
  };
}

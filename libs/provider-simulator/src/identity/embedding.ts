import type { IdentityEmbedding } from '@imprest/application';
import { Chance } from '../chance/chance.js';
import { hashOf } from '../chance/hash.js';
import { HAIRS, type Hair } from '../prompt/vocabulary.js';
import { withSingulars, wordsOf } from '../prompt/words.js';

/** Numbers of an embedding, each 0 to 1: the hair first, then what shapes face and colours. */
export const EMBEDDING_LENGTH = 16;

const hairs = Object.keys(HAIRS) as Hair[];

/** The middle of the part of 0 to 1 that stands for a kind of hair. */
const placeOf = (hair: Hair) => (hairs.indexOf(hair) + 0.5) / hairs.length;

export function hairAt(place: number): Hair {
  return hairs[Math.min(hairs.length - 1, Math.floor(place * hairs.length))] as Hair;
}

/** The same for the same words. Hair is as the words say; all else follows from a hash of them. */
export function embeddingOf(description: string): IdentityEmbedding {
  const chance = new Chance(hashOf(description));
  const numbers = Array.from({ length: EMBEDDING_LENGTH }, () => chance.next());
  const words = withSingulars(wordsOf(description));
  const named = hairs.find((hair) => HAIRS[hair].some((word) => words.has(word)));
  return named === undefined ? numbers : [placeOf(named), ...numbers.slice(1)];
}

import { type LetterClasses, UNUSED } from './letter-classes.js';
import { RuleSetInvalid } from './shape.js';

const ROOT = 0;
/** States are numbered in 16 bits: half the memory is twice the cache. */
const MOST_STATES = 65_536;
/** 64 MiB. */
const MOST_TRANSITIONS = 32 * 1024 * 1024;

export interface Arrival {
  /** Index of the term. */
  readonly term: number;
  /** Steps from the first letter to the last. */
  readonly steps: number;
}

/**
 * Aho and Corasick's automaton (1975) over skeletons: the classes of a term's letters, separators dropped and
 * repetitions made one. One transition per letter of the text finds every place where a term may be written,
 * disguised or not.
 */
export class TermAutomaton {
  /** Next state at `state * width + class`. */
  readonly transitions: Uint16Array;
  readonly width: number;
  /** What may end at a state; undefined at most of them. */
  readonly arrivals: readonly (readonly Arrival[] | undefined)[];

  /** @throws RuleSetInvalid when the terms are too many to hold. */
  constructor(terms: readonly string[], classes: LetterClasses) {
    this.width = classes.count;
    const skeletons = terms.map((term) => skeletonOf(term, classes));
    const states = 1 + skeletons.reduce((sum, skeleton) => sum + skeleton.length, 0);
    if (states > MOST_STATES || states * this.width > MOST_TRANSITIONS) {
      throw new RuleSetInvalid('rules have more terms than the matcher can hold');
    }
    const arrivals: Arrival[][] = [[]];
    const tree = new Uint16Array(states * this.width);
    for (const [term, skeleton] of skeletons.entries()) {
      let state = ROOT;
      for (const letter of skeleton) {
        const at = state * this.width + letter;
        if (tree[at] === ROOT) tree[at] = arrivals.push([]) - 1;
        state = tree[at]!;
      }
      arrivals[state]!.push({ term, steps: skeleton.length });
    }
    this.transitions = tree.slice(0, arrivals.length * this.width);
    this.linkFailures(arrivals);
    this.arrivals = arrivals.map((each) => (each.length === 0 ? undefined : each));
  }

  /** Breadth first: a missing transition becomes that of the longest proper suffix. */
  private linkFailures(arrivals: Arrival[][]): void {
    const { transitions, width } = this;
    const suffix = new Int32Array(arrivals.length);
    const queue = [ROOT];
    for (const state of queue) {
      for (let letter = UNUSED; letter < width; letter += 1) {
        const at = state * width + letter;
        const next = transitions[at]!;
        const fallback = state === ROOT ? ROOT : transitions[suffix[state]! * width + letter]!;
        if (next === ROOT) {
          transitions[at] = fallback;
          continue;
        }
        suffix[next] = fallback;
        arrivals[next]!.push(...arrivals[fallback]!);
        queue.push(next);
      }
    }
  }
}

function skeletonOf(term: string, classes: LetterClasses): number[] {
  const letters = Array.from({ length: term.length }, (_, i) => classes.of(term.charCodeAt(i)));
  return letters
    .filter((letter) => letter > UNUSED)
    .filter((letter, i, all) => letter !== all[i - 1]);
}

import { endsGreaterNumber } from './age-terms.js';
import { fold } from './fold.js';
import { LetterClasses, readStandIns, STAND_IN, UNUSED } from './letter-classes.js';
import { RuleSetInvalid } from './shape.js';
import { TermAutomaton } from './term-automaton.js';
import { isDigit, TermSpelling } from './term-spelling.js';

/** Longest text in UTF-16 units. */
export const MAX_TEXT_LENGTH = 16_384;
/** Folding sets characters of some scripts apart by spaces, and spells ligatures out. */
const MAX_FOLDED_LENGTH = 4 * MAX_TEXT_LENGTH;

/** Characters looked back over, and places tried, for where a term begins. */
const LONGEST_RUN = 64;
const MOST_STARTS = 4;

export interface Term {
  readonly text: string;
  /** Whether it starts with a number word, which may be the end of a greater number. */
  readonly startsInWords?: boolean;
}

/** @param word number of the word the term starts with. */
export type OnMatch = (term: number, word: number) => void;

/** The text is too long to be judged. */
export class TextTooLong extends Error {
  override readonly name = 'TextTooLong';
  constructor() {
    super(`a text to be matched has at most ${MAX_TEXT_LENGTH} characters`);
  }
}

/** Finds terms as whole words, in the disguises of term-spelling.ts and fold.ts. */
export class TermMatcher {
  private readonly terms: readonly string[];
  private readonly classes: LetterClasses;
  private readonly automaton: TermAutomaton;
  private readonly spelling: TermSpelling;
  /** Where in the text each step of the automaton last was, and in which word. Steps count from 1. */
  private readonly stepAt = new Int32Array(MAX_FOLDED_LENGTH + 1);
  private readonly stepWord = new Int32Array(MAX_FOLDED_LENGTH + 1);

  /** @throws RuleSetInvalid when a term has no letters or the terms are too many. */
  constructor(private readonly sources: readonly Term[]) {
    this.terms = sources.map(({ text }) => foldTerm(text));
    this.classes = new LetterClasses(this.terms);
    this.automaton = new TermAutomaton(this.terms, this.classes);
    this.spelling = new TermSpelling(this.classes);
  }

  /** @throws TextTooLong */
  match(text: string, onMatch: OnMatch): void {
    if (text.length > MAX_TEXT_LENGTH) throw new TextTooLong();
    const folded = fold(text);
    if (folded.length > MAX_FOLDED_LENGTH) throw new TextTooLong();
    if (!this.scan(folded, onMatch)) return;
    const read = readStandIns(folded);
    if (read !== folded) this.scan(read, onMatch);
  }

  /** @returns whether there are signs that may stand in for letters. */
  private scan(text: string, onMatch: OnMatch): boolean {
    const { classes, stepAt, stepWord } = this;
    const { transitions, width, arrivals } = this.automaton;
    const { ascii } = classes;
    let state = 0;
    let steps = 0;
    let word = 0;
    let last = 0;
    let wordStarts = true;
    let standIns = false;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      const letter = code < 128 ? ascii[code]! : classes.of(code);
      if (letter < UNUSED) {
        if (letter === STAND_IN) standIns = true;
        wordStarts = true;
        continue;
      }
      if (wordStarts) word += 1;
      if (letter !== last) {
        state = transitions[state * width + letter]!;
        last = letter;
        steps += 1;
      }
      stepAt[steps] = i;
      stepWord[steps] = word;
      wordStarts = false;
      if (arrivals[state] !== undefined && this.isWordEnd(text, i + 1)) {
        this.compare(text, state, steps, i + 1, onMatch);
      }
    }
    return standIns;
  }

  private compare(text: string, state: number, steps: number, end: number, onMatch: OnMatch): void {
    for (const { term, steps: length } of this.automaton.arrivals[state]!) {
      for (const { start, word } of this.startsOf(text, steps - length + 1)) {
        if (!this.spelling.spells(this.terms[term]!, text, start, end)) continue;
        if (this.sources[term]!.startsInWords && endsGreaterNumber(text, start)) continue;
        onMatch(term, word);
        break;
      }
    }
  }

  /** One step stands for all repetitions of a letter: each of them that begins a word may be where the term begins. */
  private startsOf(text: string, step: number): { start: number; word: number }[] {
    const starts: { start: number; word: number }[] = [];
    const last = this.stepAt[step]!;
    const letter = this.classes.of(text.charCodeAt(last));
    let word = this.stepWord[step]!;
    for (let i = last; i >= 0 && i > last - LONGEST_RUN && starts.length < MOST_STARTS; i -= 1) {
      const current = this.classes.of(text.charCodeAt(i));
      if (current < UNUSED) continue;
      if (current !== letter) break;
      if (this.isWordStart(text, i)) starts.push({ start: i, word });
      if (i > 0 && this.classes.isSeparator(text.charCodeAt(i - 1))) word -= 1;
    }
    return starts;
  }

  private isWordStart(text: string, at: number): boolean {
    return at === 0 || this.isBoundary(text.charCodeAt(at - 1), text.charCodeAt(at));
  }

  private isWordEnd(text: string, at: number): boolean {
    return at === text.length || this.isBoundary(text.charCodeAt(at - 1), text.charCodeAt(at));
  }

  /** A digit next to a letter is another word, so that 16yo is read and one more digit hides nothing. */
  private isBoundary(before: number, after: number): boolean {
    if (this.classes.isSeparator(before) || this.classes.isSeparator(after)) return true;
    return isDigit(before) !== isDigit(after);
  }
}

/** Words of a term separated by one space, so that the text may have there any separator or none. */
function foldTerm(term: string): string {
  const words = fold(term).match(/[\p{L}\p{N}]+/gu);
  const text = words?.join(' ') ?? '';
  // A single Latin letter would be found in every text that is spelled out.
  if (text.length === 0 || /^\p{ASCII}$/u.test(text)) {
    throw new RuleSetInvalid('rules have a term of less than two letters');
  }
  return text;
}

import { isSubstitute, type LetterClasses } from './letter-classes.js';

const LETTER = /\p{L}/u;
/** Characters of text. Keeps the work per term bounded, however many repetitions and signs there are. */
const LONGEST_DISGUISE = 128;

/**
 * Decides whether a stretch of text, whose skeleton is that of a term, spells the term. A disguise is one of:
 * - a letter repeated: `looong` for `long`; a letter the term has twice is there at least twice;
 * - a digit for a letter, as long as there are no more of these than true letters;
 * - signs between letters: `l.o-n-g`;
 * - the whole spelled out: `l o n g`. Spaces inside a word are accepted in this case only.
 * Between two words of a term there may be anything that separates, or nothing.
 */
export class TermSpelling {
  /** Positions in the term that the text read so far may have reached, ascending. */
  private reached: number[] = [];

  constructor(private readonly classes: LetterClasses) {}

  /** @param term folded, words separated by one space. */
  spells(term: string, text: string, start: number, end: number): boolean {
    if (start + term.length === end && text.startsWith(term, start)) return true;
    if (end - start > LONGEST_DISGUISE) return false;
    if (!this.enoughLetters(term, text, start, end)) return false;
    const spelledOut = this.isSpelledOut(text, start, end);
    this.reached = [0];
    for (let i = start; i < end && this.reached.length > 0; i += 1) {
      const code = text.charCodeAt(i);
      if (!this.classes.isSeparator(code)) this.readLetter(term, text[i]!);
      else if (isSpace(code) && !spelledOut) this.readSpace(term);
    }
    return this.reached.includes(term.length);
  }

  private readLetter(term: string, letter: string): void {
    const next: number[] = [];
    for (const at of this.reached) {
      const previous = term[at - 1];
      const stays = previous !== undefined && repeats(letter, previous);
      if (stays && next.at(-1) !== at) next.push(at);
      const from = term[at] === ' ' ? at + 1 : at;
      if (from < term.length && means(letter, term[from]!)) next.push(from + 1);
    }
    this.reached = next;
  }

  /** Only what stands between two words of the term goes on. */
  private readSpace(term: string): void {
    this.reached = this.reached.filter((at) => term[at] === ' ' || term[at - 1] === ' ');
  }

  private enoughLetters(term: string, text: string, start: number, end: number): boolean {
    let letters = 0;
    let digits = 0;
    for (let i = start; i < end; i += 1) {
      if (isDigit(text.charCodeAt(i))) digits += 1;
      else if (!this.classes.isSeparator(text.charCodeAt(i))) letters += 1;
    }
    for (let i = 0; i < term.length; i += 1) if (isDigit(term.charCodeAt(i))) digits -= 1;
    return digits <= letters;
  }

  private isSpelledOut(text: string, start: number, end: number): boolean {
    for (let i = start + 1; i < end; i += 1) {
      const before = this.classes.isSeparator(text.charCodeAt(i - 1));
      if (!before && !this.classes.isSeparator(text.charCodeAt(i))) return false;
    }
    return true;
  }
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

function means(letter: string, ofTerm: string): boolean {
  return letter === ofTerm || isSubstitute(letter, ofTerm);
}

/** True letters only: 55 is not a long 5, and in `age 30` the 3 is not a long e. */
function repeats(letter: string, previous: string): boolean {
  return letter === previous && LETTER.test(letter);
}

/** What a character is to the automaton: one of these, or the number of a letter. */
export const SEPARATOR = 0;
/** A sign that separates words and also stands in for a letter: `$`, `@`. */
export const STAND_IN = 1;
/** A letter no term has. */
export const UNUSED = 2;
const FIRST_LETTER = 3;

/** Digits and signs written in place of a letter. The first letter is the one that names the class. */
const SUBSTITUTES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'il',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
};
const SIGNS: Readonly<Record<string, string>> = { '@': 'a', $: 's', '!': 'i', '|': 'l' };
const STAND_INS = /[@$!|](?=[a-z0-9])/g;

/** Whether a digit of the text may be meant as this letter of a term. */
export function isSubstitute(digit: string, letter: string): boolean {
  return SUBSTITUTES[digit]?.includes(letter) ?? false;
}

/** The text with signs before a letter or digit read as the letters they stand in for. */
export function readStandIns(text: string): string {
  return text.replace(STAND_INS, (sign) => SIGNS[sign]!);
}

/**
 * Numbers letters so that a letter and its substitutes get the same number: a term and every way to disguise it
 * go the same path through the automaton, and what arrives is compared letter by letter.
 */
export class LetterClasses {
  readonly ascii = new Uint16Array(128).fill(SEPARATOR);
  private readonly beyond = new Map<number, number>();
  private next = FIRST_LETTER;

  /** @param terms folded: letters outside ASCII that none of them has are UNUSED. */
  constructor(terms: Iterable<string>) {
    const letters = 'abcdefghijkmnopqrstuvwxyz';
    for (const letter of letters) this.ascii[letter.charCodeAt(0)] = this.next++;
    this.ascii['l'.charCodeAt(0)] = this.of('i'.charCodeAt(0));
    for (const digit of '0123456789') {
      const letter = SUBSTITUTES[digit]?.charCodeAt(0);
      this.ascii[digit.charCodeAt(0)] = letter === undefined ? this.next++ : this.of(letter);
    }
    for (const sign of Object.keys(SIGNS)) this.ascii[sign.charCodeAt(0)] = STAND_IN;
    for (const term of terms) this.addBeyondAscii(term);
  }

  get count(): number {
    return this.next;
  }

  of(code: number): number {
    return code < 128 ? this.ascii[code]! : (this.beyond.get(code) ?? UNUSED);
  }

  isSeparator(code: number): boolean {
    return this.of(code) < UNUSED;
  }

  private addBeyondAscii(term: string): void {
    for (let i = 0; i < term.length; i += 1) {
      const code = term.charCodeAt(i);
      if (code >= 128 && !this.beyond.has(code)) this.beyond.set(code, this.next++);
    }
  }
}

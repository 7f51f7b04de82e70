import { CONFUSABLES } from './confusables.js';

const ASCII = /^\p{ASCII}*$/u;
/** Accents, and what is there and cannot be seen: zero-width, soft hyphen, direction marks, fillers. */
const INVISIBLE = /[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const BEYOND_ASCII = /\P{ASCII}/gu;
/** Scripts written without spaces, or with endings joined on: each character counts as a word. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const DIGIT = /\p{Nd}/u;
const WORD = /[\p{L}\p{N}]/u;
const SPACE = /\p{Z}/u;

/**
 * The text in the one spelling the matcher knows: lower case, compatibility forms and lookalikes replaced by
 * plain letters, nothing invisible, any sign a hyphen, any space a space. ASCII stays as long as it was.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  const plain = text.normalize('NFKD').toLowerCase().replace(INVISIBLE, '');
  // Hangul came apart into single strokes: put together again.
  return plain.normalize('NFC').replace(BEYOND_ASCII, foldCharacter);
}

function foldCharacter(character: string): string {
  const latin = CONFUSABLES.get(character);
  if (latin !== undefined) return latin;
  if (DIGIT.test(character)) return String(digitValue(character));
  if (UNSPACED.test(character)) return ` ${character} `;
  if (WORD.test(character)) return character;
  return SPACE.test(character) ? ' ' : '-';
}

/** Unicode keeps the digits of a script in a row from 0 to 9. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0)!;
  let value = 0;
  while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}

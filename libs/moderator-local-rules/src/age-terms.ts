import type { TermGroup } from './rule-set.js';

const NUMBER_WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
  'twenty',
];

/** A number word after one of these is the end of a greater number: thirty-four, hundred and five. */
const GREATER = new Set([
  'twenty',
  'thirty',
  'forty',
  'fourty',
  'fifty',
  'sixty',
  'seventy',
  'eighty',
  'ninety',
  'hundred',
]);
const PRECEDING_WORDS = /(?:^|[^a-z])(?:([a-z]+)[ -]+)?([a-z]+)[ -]+$/;
const LONGEST_PRECEDING = 40;

export interface AgeTerm {
  readonly text: string;
  /** Whether it starts with a number word, which may be the end of a greater number. */
  readonly startsInWords: boolean;
}

/** Every age below the limit in every form. */
export function ageTerms({ below, forms }: NonNullable<TermGroup['ages']>): AgeTerm[] {
  const ages = Array.from({ length: below }, (_, age) => age);
  return forms.flatMap((form) => [
    ...ages.map((age) => ({ text: form.replace('{age}', String(age)), startsInWords: false })),
    ...ages.map((age) => ({
      text: form.replace('{age}', NUMBER_WORDS[age]!),
      startsInWords: form.startsWith('{age}'),
    })),
  ]);
}

/** Whether the number word at `start` of a folded text is only the end of a greater number. */
export function endsGreaterNumber(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - LONGEST_PRECEDING), start);
  const [, second, last] = PRECEDING_WORDS.exec(before) ?? [];
  if (last === undefined) return false;
  return GREATER.has(last) || (last === 'and' && second === 'hundred');
}

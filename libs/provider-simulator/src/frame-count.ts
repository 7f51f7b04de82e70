const NUMBERS = [
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
];
const THINGS = 'scene|frame|image|picture|panel|shot|photo|step|part|view|illustration';
const COUNT = new RegExp(
  `\\b(\\d{1,3}|${NUMBERS.join('|')})[\\s-]+(?:[\\p{L}-]+\\s+){0,2}?(?:${THINGS})s?\\b`,
  'iu',
);
/** Longest part of a prompt that is searched. */
const MOST_CHARACTERS = 20_000;

/** Images of a connected series: as many as the prompt speaks of (`three scenes`), at most `most`. */
export function frameCount(prompt: string, most: number): number {
  const [, said] = COUNT.exec(prompt.slice(0, MOST_CHARACTERS)) ?? [];
  if (said === undefined) return most;
  const spelled = NUMBERS.indexOf(said.toLowerCase()) + 1;
  return Math.min(most, Math.max(1, spelled || Number(said)));
}

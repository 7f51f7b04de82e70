/** Lower-case words in the order they stand. */
export const wordsOf = (text: string): string[] =>
  Array.from(
    text
      .normalize('NFKC')
      .toLowerCase()
      .matchAll(/[\p{L}\p{N}]+/gu),
    ([word]) => word,
  );

/** The words and, for plurals, their singular: `mountain lakes` has mountain, lakes and lake. */
export function withSingulars(words: readonly string[]): Set<string> {
  const all = new Set<string>();
  for (const word of words) {
    all.add(word);
    if (word.endsWith('ies')) all.add(`${word.slice(0, -3)}y`);
    if (word.endsWith('es')) all.add(word.slice(0, -2));
    if (word.endsWith('s')) all.add(word.slice(0, -1));
  }
  return all;
}

/** Lower-case words and, for plurals, their singular: `Mountain lakes` has mountain, lakes and lake. */
export function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const [word] of text
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/[\p{L}\p{N}]+/gu)) {
    words.add(word);
    if (word.endsWith('ies')) words.add(`${word.slice(0, -3)}y`);
    if (word.endsWith('es')) words.add(word.slice(0, -2));
    if (word.endsWith('s')) words.add(word.slice(0, -1));
  }
  return words;
}

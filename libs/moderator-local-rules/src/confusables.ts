/**
 * Letters that look like a Latin one and that no Unicode normalisation takes apart (compare Unicode TR 39),
 * lower case. Prompts and terms pass the same table, so terms in these alphabets keep matching.
 */
const LOOKALIKES = {
  a: 'аαᴀɑɐ',
  b: 'вьβʙɓ',
  c: 'сςᴄƈɔ',
  d: 'ԁδᴅđðɖɗ',
  e: 'еεᴇɘəǝɛ',
  f: 'ꜰƒ',
  g: 'ցɢɡɠ',
  h: 'нһհʜħ',
  i: 'іιɪɩıɨ',
  j: 'јᴊ',
  k: 'кκᴋ',
  l: 'ӏʟłɭ',
  m: 'мᴍɱ',
  n: 'пηոɴɲŋ',
  o: 'оοσօᴏø',
  p: 'рρᴘƥ',
  q: 'ԛ',
  r: 'гʀɍ',
  s: 'ѕꜱʂ',
  t: 'тτᴛŧʈ',
  u: 'υμսᴜʉʋ',
  v: 'νᴠʌ',
  w: 'ԝωᴡɯ',
  x: 'хχ',
  y: 'уγʏ',
  z: 'ᴢ',
  ae: 'æ',
  oe: 'œ',
  ss: 'ß',
  th: 'þ',
};

/** Symbols that stand for a to z in a row: negative circled, negative squared, regional indicators. */
const SYMBOL_ALPHABETS = [0x1f150, 0x1f170, 0x1f1e6];

const letters = Object.entries(LOOKALIKES).flatMap(([latin, lookalikes]) =>
  Array.from(lookalikes, (letter) => [letter, latin] as const),
);
const symbols = SYMBOL_ALPHABETS.flatMap((first) =>
  Array.from(
    { length: 26 },
    (_, i) => [String.fromCodePoint(first + i), String.fromCharCode(0x61 + i)] as const,
  ),
);

export const CONFUSABLES: ReadonlyMap<string, string> = new Map([...letters, ...symbols]);

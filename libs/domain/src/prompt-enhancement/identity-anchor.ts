import type { CharacterTraits, TraitValue } from '../character/profile.js';

const said = (value: TraitValue) => (Array.isArray(value) ? value.join(' and ') : String(value));

const noun = (value: TraitValue, name: string) => {
  const text = said(value);
  return text.toLowerCase().endsWith(name) ? text : `${text} ${name}`;
};

const nouns: Readonly<Record<string, string>> = {
  female: 'woman',
  woman: 'woman',
  male: 'man',
  man: 'man',
};

/** Traits with words of their own, in the order in which a description names them. */
const phrases: Readonly<Record<string, (value: TraitValue) => string>> = {
  hair: (value) => noun(value, 'hair'),
  hair_color: (value) => noun(value, 'hair'),
  hair_colour: (value) => noun(value, 'hair'),
  hair_style: (value) => `hair worn ${said(value)}`,
  eyes: (value) => noun(value, 'eyes'),
  eye_color: (value) => noun(value, 'eyes'),
  eye_colour: (value) => noun(value, 'eyes'),
  skin: (value) => noun(value, 'skin'),
  skin_tone: (value) => noun(value, 'skin'),
  complexion: (value) => noun(value, 'complexion'),
  face: (value) => noun(value, 'face'),
  build: (value) => `a ${noun(value, 'build')}`,
  height: (value) => `a height of ${said(value)}`,
  clothing: (value) => `wearing ${said(value)}`,
  outfit: (value) => `wearing ${said(value)}`,
  accessories: (value) => `with ${said(value)}`,
  occupation: (value) => `working as ${said(value)}`,
};

const HEAD = new Set(['age', 'gender', 'sex']);

function phraseOf(key: string, value: TraitValue): string | undefined {
  const words = key.replaceAll('_', ' ').trim();
  if (value === false || said(value).trim() === '') return undefined;
  if (value === true) return words;
  const phrase = Object.hasOwn(phrases, key) ? phrases[key] : undefined;
  return phrase === undefined ? `${words} ${said(value)}` : phrase(value);
}

/** Says that it is an adult in words, beside the years: some models read numbers badly. */
function head(traits: CharacterTraits): string {
  const gender = traits.gender ?? traits.sex;
  const known =
    gender === undefined ? 'person' : (nouns[said(gender).toLowerCase()] ?? said(gender));
  return `an adult ${known} of ${String(traits.age)} years`;
}

/** Traits in plain words, the same ones for the same traits in whatever order they were given. */
export function identityAnchor(traits: CharacterTraits): string {
  const order = Object.keys(phrases);
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  const keys = Object.keys(traits)
    .filter((key) => !HEAD.has(key))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const details = keys.flatMap((key) => phraseOf(key, traits[key] as TraitValue) ?? []);
  return details.length === 0 ? head(traits) : `${head(traits)} with ${details.join(', ')}`;
}

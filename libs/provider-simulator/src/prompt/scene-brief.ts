import { hashOf } from '../chance/hash.js';
import type { Looks } from '../identity/looks.js';
import * as vocabulary from './vocabulary.js';
import { withSingulars, wordsOf } from './words.js';

/** What a prompt asks to see, in the few things this renderer can draw. */
export interface SceneBrief {
  readonly subject: vocabulary.Subject;
  readonly ground: vocabulary.Ground;
  readonly lake: boolean;
  readonly forest: boolean;
  readonly winter: boolean;
  /** Undefined when the prompt leaves it open. */
  readonly time: vocabulary.TimeOfDay | undefined;
  readonly weather: vocabulary.Weather;
  readonly extras: ReadonlySet<vocabulary.Extra>;
  /** Colours named in the prompt, in its order, as hex. */
  readonly tints: readonly string[];
  /** The colour named for the sky or the light, as hex. */
  readonly skyTint: string | undefined;
  readonly product: vocabulary.Product | undefined;
  readonly material: vocabulary.Material | undefined;
  readonly woodenTable: boolean;
  readonly ringed: boolean;
  readonly hair: vocabulary.Hair | undefined;
  /** Of whoever is shown; undefined for nobody in particular. */
  readonly looks?: Looks;
  /** Differs between any two prompts: composition and palette follow it. */
  readonly variation: number;
}

/** Longest part of a prompt that is read for words; the rest still changes the variation. */
const MOST_CHARACTERS = 20_000;

export function readPrompt(prompt: string): SceneBrief {
  const sequence = wordsOf(prompt.slice(0, MOST_CHARACTERS));
  const words = withSingulars(sequence);
  const named = <Name extends string>(table: vocabulary.WordTable<Name>): Name[] =>
    (Object.keys(table) as Name[]).filter((name) => table[name].some((word) => words.has(word)));
  const grounds = named(vocabulary.GROUNDS);
  const lake = named(vocabulary.LAKES).length > 0;
  const forest = named(vocabulary.FORESTS).length > 0;
  const winter = named(vocabulary.WINTERS).length > 0;
  const extras = new Set(named(vocabulary.EXTRAS));
  const [time] = named(vocabulary.TIMES);
  const [weather] = named(vocabulary.WEATHERS);
  const outdoors = grounds.length + extras.size > 0 || lake || forest || winter;
  const [subject] = named(vocabulary.SUBJECTS);
  const [someone] = named(vocabulary.SOMEONE);
  const table = words.has('table') || words.has('desk');
  const [product] = named(vocabulary.PRODUCTS);
  return {
    subject:
      subject ??
      (product && 'product') ??
      (outdoors ? 'landscape' : (someone ?? (time || weather ? 'landscape' : 'abstract'))),
    ground:
      grounds[0] ??
      (extras.has('boat') && !lake ? 'sea' : undefined) ??
      (lake ? 'mountains' : forest ? 'forest' : winter ? 'mountains' : 'hills'),
    lake,
    forest,
    winter,
    time: time ?? (extras.has('moon') ? 'night' : undefined),
    weather: weather ?? 'clear',
    extras,
    tints: [...new Set([...words].flatMap(tintsNamed))],
    skyTint: skyTintIn(sequence),
    product,
    material: named(vocabulary.MATERIALS).find((material) => material !== 'wood' || !table),
    woodenTable: table && named(vocabulary.MATERIALS).includes('wood'),
    ringed: words.has('ringed') || words.has('saturn'),
    hair: named(vocabulary.HAIRS)[0],
    variation: hashOf(prompt),
  };
}

/** A word may stand for several colours, as `neon` does. */
function tintsNamed(word: string): string[] {
  const names = Object.keys(vocabulary.TINTS) as vocabulary.Tint[];
  return names
    .filter((name) => vocabulary.TINTS[name].includes(word))
    .map((name) => vocabulary.TINT_COLOURS[name]);
}

/** `purple sky`, `pink and gold sunset`: a colour that stands shortly before a word for light. */
function skyTintIn(sequence: readonly string[]): string | undefined {
  const at = sequence.findIndex(
    (word, index) =>
      tintsNamed(word).length > 0 &&
      sequence.slice(index, index + 4).some((next) => vocabulary.LIGHT_WORDS.includes(next)),
  );
  return at < 0 ? undefined : tintsNamed(sequence[at] as string)[0];
}

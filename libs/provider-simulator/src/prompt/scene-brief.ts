import { hashOf } from '../chance/hash.js';
import * as vocabulary from './vocabulary.js';
import { wordsOf } from './words.js';

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
  /** Colours named in the prompt, as hex. */
  readonly tints: readonly string[];
  readonly product: vocabulary.Product | undefined;
  readonly material: vocabulary.Material | undefined;
  readonly woodenTable: boolean;
  readonly hair: vocabulary.Hair | undefined;
  /** Differs between any two prompts: composition and palette follow it. */
  readonly variation: number;
}

/** Longest part of a prompt that is read for words; the rest still changes the variation. */
const MOST_CHARACTERS = 20_000;

export function readPrompt(prompt: string): SceneBrief {
  const words = wordsOf(prompt.slice(0, MOST_CHARACTERS));
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
    tints: named(vocabulary.TINTS).map((tint) => vocabulary.TINT_COLOURS[tint]),
    product,
    material: named(vocabulary.MATERIALS).find((material) => material !== 'wood' || !table),
    woodenTable: table && named(vocabulary.MATERIALS).includes('wood'),
    hair: named(vocabulary.HAIRS)[0],
    variation: hashOf(prompt),
  };
}

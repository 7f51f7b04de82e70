import {
  choices,
  DataFileError,
  type Fields,
  flag,
  knownFields,
  mapping,
  wholeNumber,
} from '@imprest/data-files';
import {
  aspectRatios,
  generalImageLimits,
  type ImageLimits,
  MAX_PROMPT_CHARACTERS,
  MIN_SIDE,
  type VideoLimits,
} from '@imprest/domain';

const MOST_SECONDS = 60;
const MOST_SIDE = 4_096;
/** What a clip shows is in its source; a prompt says how it moves. */
const USUAL_VIDEO_PROMPT = 2_000;

const IMAGE_LIMITS = ['maxImages', 'maxReferences', 'maxPixels', 'maxPromptCharacters'] as const;
const VIDEO_LIMITS = [
  'minSeconds',
  'maxSeconds',
  'defaultSeconds',
  'maxSide',
  'maxPromptCharacters',
];

function section(entry: Fields, where: string, name: string, fields: readonly string[]): Fields {
  const place = `${where}.${name}`;
  return knownFields(mapping(entry[name] ?? {}, place), fields, `${place}.`);
}

/** What an entry leaves out is as wide as the product allows. @throws DataFileError */
export function imageLimits(entry: Fields, where: string): ImageLimits {
  const limits = section(entry, where, 'limits', IMAGE_LIMITS);
  const can = section(entry, where, 'capabilities', ['aspectRatios', 'seed']);
  const upTo = (name: (typeof IMAGE_LIMITS)[number], least: number) => {
    const most = generalImageLimits[name];
    return wholeNumber(limits[name] ?? most, `${where}.limits.${name}`, least, most);
  };
  return {
    maxImages: upTo('maxImages', 1),
    maxReferences: upTo('maxReferences', 0),
    maxPixels: upTo('maxPixels', MIN_SIDE * MIN_SIDE),
    maxPromptCharacters: upTo('maxPromptCharacters', 1),
    aspectRatios: choices(
      can.aspectRatios ?? aspectRatios,
      `${where}.capabilities.aspectRatios`,
      aspectRatios,
    ),
    seed: flag(can.seed ?? true, `${where}.capabilities.seed`),
  };
}

/** @throws DataFileError */
export function videoLimits(entry: Fields, where: string): VideoLimits {
  const limits = section(entry, where, 'limits', VIDEO_LIMITS);
  const can = section(entry, where, 'capabilities', ['seed']);
  const within = (name: string, usual: number, least: number, most: number) =>
    wholeNumber(limits[name] ?? usual, `${where}.limits.${name}`, least, most);
  const minSeconds = within('minSeconds', 1, 1, MOST_SECONDS);
  const maxSeconds = within('maxSeconds', minSeconds, 1, MOST_SECONDS);
  if (maxSeconds < minSeconds) {
    throw new DataFileError(`${where}.limits.maxSeconds must be at least minSeconds`);
  }
  return {
    minSeconds,
    maxSeconds,
    defaultSeconds: within('defaultSeconds', minSeconds, minSeconds, maxSeconds),
    maxSide: within('maxSide', 512, MIN_SIDE, MOST_SIDE),
    maxPromptCharacters: within(
      'maxPromptCharacters',
      USUAL_VIDEO_PROMPT,
      1,
      MAX_PROMPT_CHARACTERS,
    ),
    seed: flag(can.seed ?? true, `${where}.capabilities.seed`),
  };
}

import { basename, extname } from 'node:path';
import type { ImageMediaType, OutputMediaType } from '@imprest/application';
import {
  choice,
  DataFileError,
  type Fields,
  flag,
  knownFields,
  loadDataFile,
  mapping,
  readYaml,
  text,
  wholeNumber,
} from '@imprest/data-files';
import {
  type PlacedValues,
  type PlaceReader,
  placedValues,
  VALUE_NAMES,
} from '@imprest/provider-http';

/** The model's own name of an input. */
export interface Named {
  readonly name: string;
}

export interface ReferencesInput {
  readonly name: string;
  /** A list of files; one file otherwise. */
  readonly list: boolean;
  readonly most: number;
}

export interface MediaTypeInput {
  readonly name: string;
  /** What the model calls each type; others are converted. */
  readonly values: Readonly<Partial<Record<ImageMediaType, string>>>;
}

export interface MappedInputs extends PlacedValues<Named> {
  readonly references?: ReferencesInput;
  readonly mediaType?: MediaTypeInput;
}

export type Constant = string | number | boolean;

/** How the values of a request become the input of a model. */
export interface InputMapping {
  readonly name: string;
  readonly makes: 'images' | 'clip';
  readonly inputs: MappedInputs;
  /** How many a request may have. */
  readonly references: { readonly least: number; readonly most: number };
  /** Inputs that the operator has decided on. */
  readonly constants: Readonly<Record<string, Constant>>;
  readonly clipType?: OutputMediaType;
}

const FIELDS = ['makes', 'inputs', 'constants', 'output'];
const INPUTS = [...VALUE_NAMES, 'references', 'mediaType'];
const INPUT_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
const CLIP_TYPES = ['video/mp4', 'image/webp'] as const;
const MOST_REFERENCES = 16;

function inputName(value: unknown, where: string): string {
  const name = text(value, where);
  if (INPUT_NAME.test(name)) return name;
  throw new DataFileError(`${where} must match ${INPUT_NAME.source}`);
}

/** `references: image` is short for `references: { name: image }`. */
function inputFields(value: unknown, names: readonly string[], where: string): Fields {
  if (typeof value === 'string') return { name: value };
  return knownFields(mapping(value, where), ['name', ...names], `${where}.`);
}

function references(value: unknown, where: string): ReferencesInput {
  const fields = inputFields(value, ['list', 'most'], where);
  const list = flag(fields.list ?? false, `${where}.list`);
  const most = wholeNumber(fields.most ?? 1, `${where}.most`, 1, list ? MOST_REFERENCES : 1);
  return { name: inputName(fields.name, `${where}.name`), list, most };
}

function mediaType(value: unknown, where: string): MediaTypeInput {
  const fields = inputFields(value, ['values'], where);
  const given = knownFields(mapping(fields.values, `${where}.values`), IMAGE_TYPES, `${where}.`);
  const values = Object.entries(given).map(([type, word]) => [
    ...[type, text(word, `${where}.values.${type}`)],
  ]);
  return { name: inputName(fields.name, `${where}.name`), values: Object.fromEntries(values) };
}

const namedInput: PlaceReader<Named> = {
  field: 'name',
  read: (name, _type, where) => ({ name: inputName(name, `${where}.name`) }),
};

function parseInputs(value: unknown): MappedInputs {
  const given = knownFields(mapping(value, 'inputs'), INPUTS, 'inputs.');
  const { references: files, mediaType: type } = given;
  return {
    ...placedValues(given, 'inputs', namedInput),
    ...(files !== undefined && { references: references(files, 'inputs.references') }),
    ...(type !== undefined && { mediaType: mediaType(type, 'inputs.mediaType') }),
  };
}

function constantsOf(value: unknown): InputMapping['constants'] {
  const given = mapping(value, 'constants');
  for (const [name, constant] of Object.entries(given)) {
    inputName(name, `constants.${name}`);
    if (!['string', 'number', 'boolean'].includes(typeof constant)) {
      throw new DataFileError(`constants.${name} must be a text, a number, true or false`);
    }
  }
  return given as InputMapping['constants'];
}

function eachInputOnce({ inputs, constants }: Pick<InputMapping, 'inputs' | 'constants'>): void {
  const names = [...Object.values(inputs).map(({ name }) => name), ...Object.keys(constants)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new DataFileError(`the input ${twice} is named twice`);
}

/**
 * @param yaml of the fields `makes`, `inputs`, `constants` and, for clips, `output`
 * @throws DataFileError that names the mapping, the input and the rule
 */
export function parseMapping(name: string, yaml: string): InputMapping {
  try {
    const fields = knownFields(mapping(readYaml(yaml), 'the mapping'), FIELDS);
    const makes = choice(fields.makes, 'makes', ['images', 'clip']);
    const inputs = parseInputs(fields.inputs);
    const constants = constantsOf(fields.constants ?? {});
    eachInputOnce({ inputs, constants });
    const output = knownFields(mapping(fields.output ?? {}, 'output'), ['mediaType'], 'output.');
    return {
      ...{ name, makes, inputs, constants },
      references: { least: 0, most: inputs.references?.most ?? 0 },
      ...(makes === 'clip' && {
        clipType: choice(output.mediaType, 'output.mediaType', CLIP_TYPES),
      }),
    };
  } catch (error) {
    if (!(error instanceof DataFileError)) throw error;
    throw new DataFileError(`mapping ${name}: ${error.message}`);
  }
}

/** Its name is the file's without the ending. @throws DataFileError */
export function loadMapping(path: string): InputMapping {
  const name = basename(path, extname(path));
  return loadDataFile('mapping', path, (yaml) => parseMapping(name, yaml));
}

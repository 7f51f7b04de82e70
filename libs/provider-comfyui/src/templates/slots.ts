import {
  DataFileError,
  decimal,
  type Fields,
  knownFields,
  lines,
  mapping,
  text,
  wholeNumber,
} from '@imprest/data-files';
import { type Graph, isLink } from './graph.js';

/** An input of a node that a value is put into. */
export interface Target {
  readonly node: string;
  readonly input: string;
}

export interface TextSlot {
  readonly type: 'text';
  readonly targets: readonly Target[];
  readonly mostCharacters: number;
}

export interface NumberSlot {
  readonly type: 'whole' | 'decimal';
  readonly targets: readonly Target[];
  readonly least: number;
  readonly most: number;
  /** Values are `offset` and whole steps more; others are rounded up. */
  readonly step: number;
  readonly offset: number;
  /** Of the operator's choice, for what a request says nothing about. */
  readonly value?: number;
}

export type Slot = TextSlot | NumberSlot;

const TEXTS = ['prompt', 'negativePrompt', 'filenamePrefix'] as const;
const WHOLE = ['seed', 'width', 'height', 'steps', 'images', 'frames'] as const;
const DECIMALS = ['guidance', 'framesPerSecond'] as const;

export type TextSlotName = (typeof TEXTS)[number];
export type NumberSlotName = (typeof WHOLE)[number] | (typeof DECIMALS)[number];
export type SlotName = TextSlotName | NumberSlotName;

export interface Slots
  extends Readonly<Partial<Record<TextSlotName, TextSlot>>>,
    Readonly<Partial<Record<NumberSlotName, NumberSlot>>> {
  /** Each takes the name of one uploaded reference. */
  readonly references: readonly TextSlot[];
}

/** A prompt that no field of a request can be longer than. */
const MOST_CHARACTERS = 200_000;
const MOST_NUMBER = Number.MAX_SAFE_INTEGER;
const TEXT_FIELDS = ['at', 'mostCharacters'];
const NUMBER_FIELDS = ['at', 'least', 'most', 'step', 'offset', 'value'];
const NAMES: readonly string[] = [...TEXTS, ...WHOLE, ...DECIMALS, 'references'];

/** `at: "6.text"`, or a list of such. @throws DataFileError for an input that cannot take the value */
function targetsOf(
  graph: Graph,
  at: unknown,
  type: Slot['type'],
  where: string,
): readonly Target[] {
  const places = typeof at === 'string' ? [at] : lines(at, `${where}.at`);
  if (places.length === 0) throw new DataFileError(`${where}.at must name an input at least`);
  return places.map((place) => targetOf(graph, place, type, where));
}

function targetOf(graph: Graph, place: string, type: Slot['type'], where: string): Target {
  const dot = place.indexOf('.');
  const [node, input] = [place.slice(0, dot), place.slice(dot + 1)];
  if (dot < 1 || input === '') {
    throw new DataFileError(`${where}.at is ${place}: write it as node.input`);
  }
  const found = Object.hasOwn(graph, node) ? graph[node] : undefined;
  if (found === undefined) throw new DataFileError(`${where}.at is ${place}: no node ${node}`);
  const value = Object.hasOwn(found.inputs, input) ? found.inputs[input] : undefined;
  if (value === undefined) {
    throw new DataFileError(`${where}.at is ${place}: ${found.class_type} has no input ${input}`);
  }
  if (isLink(value)) {
    throw new DataFileError(`${where}.at is ${place}: the input is linked to node ${value[0]}`);
  }
  const expected = type === 'text' ? 'string' : 'number';
  if (typeof value !== expected) {
    throw new DataFileError(`${where}.at is ${place}: the input holds no ${expected}`);
  }
  return { node, input };
}

function textSlot(graph: Graph, given: unknown, where: string): TextSlot {
  const fields = knownFields(mapping(given, where), TEXT_FIELDS, `${where}.`);
  const { at, mostCharacters = MOST_CHARACTERS } = fields;
  return {
    type: 'text',
    targets: targetsOf(graph, at, 'text', where),
    mostCharacters: wholeNumber(mostCharacters, `${where}.mostCharacters`, 1, MOST_CHARACTERS),
  };
}

function numberSlot(
  graph: Graph,
  given: unknown,
  type: NumberSlot['type'],
  where: string,
): NumberSlot {
  const fields = knownFields(mapping(given, where), NUMBER_FIELDS, `${where}.`);
  const targets = targetsOf(graph, fields.at, type, where);
  const number = type === 'whole' ? wholeNumber : decimal;
  const least = number(fields.least ?? 0, `${where}.least`, 0, MOST_NUMBER);
  const most = number(fields.most ?? MOST_NUMBER, `${where}.most`, least, MOST_NUMBER);
  const rule = type === 'whole' ? stepsOf(fields, where) : { step: 0, offset: 0 };
  const { value } = fields;
  return {
    ...{ type, targets, least, most, ...rule },
    ...(value !== undefined && { value: number(value, `${where}.value`, least, most) }),
  };
}

function stepsOf({ step = 1, offset = 0 }: Fields, where: string) {
  return {
    step: wholeNumber(step, `${where}.step`, 1, 1_024),
    offset: wholeNumber(offset, `${where}.offset`, 0, 1_024),
  };
}

/** @throws DataFileError that names the slot and the rule */
export function parseSlots(graph: Graph, value: unknown): Slots {
  const given = knownFields(mapping(value, 'slots'), NAMES, 'slots.');
  const some = <const N extends string, T>(names: readonly N[], read: (name: N) => T) =>
    Object.fromEntries(
      names.filter((name) => given[name] !== undefined).map((name) => [name, read(name)]),
    ) as Partial<Record<N, T>>;
  const { references = [] } = given;
  if (!Array.isArray(references)) throw new DataFileError('slots.references must be a list');
  return {
    ...some(TEXTS, (name) => textSlot(graph, given[name], `slots.${name}`)),
    ...some(WHOLE, (name) => numberSlot(graph, given[name], 'whole', `slots.${name}`)),
    ...some(DECIMALS, (name) => numberSlot(graph, given[name], 'decimal', `slots.${name}`)),
    references: references.map((each, index) =>
      textSlot(graph, each, `slots.references[${index}]`),
    ),
  };
}

/** @throws DataFileError */
export function nodeNamed(graph: Graph, value: unknown, where: string): string {
  const node = text(value, where);
  if (Object.hasOwn(graph, node)) return node;
  throw new DataFileError(`${where} is ${node}: no such node`);
}

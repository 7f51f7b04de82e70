import { DataFileError, knownFields, lines, mapping, text } from '@imprest/data-files';
import {
  DECIMAL_VALUES,
  NUMBER_RULE_FIELDS,
  type NumberRule,
  type NumberValueName,
  numberRule,
  TEXT_RULE_FIELDS,
  TEXT_VALUES,
  type TextRule,
  type TextValueName,
  textRule,
  type ValueRule,
  WHOLE_VALUES,
} from '@imprest/provider-http';
import { type Graph, isLink } from './graph.js';

/** An input of a node that a value is put into. */
export interface Target {
  readonly node: string;
  readonly input: string;
}

/** Where a value goes, and what it may be. */
export type Slot<Rule extends ValueRule = ValueRule> = Rule & {
  readonly targets: readonly Target[];
};

export type TextSlotName = TextValueName | 'filenamePrefix';
export type SlotName = TextSlotName | NumberValueName;

export interface Slots
  extends Readonly<Partial<Record<TextSlotName, Slot<TextRule>>>>,
    Readonly<Partial<Record<NumberValueName, Slot<NumberRule>>>> {
  /** Each takes the name of one uploaded reference. */
  readonly references: readonly Slot<TextRule>[];
}

const TEXTS = [...TEXT_VALUES, 'filenamePrefix'] as const;
const NAMES: readonly string[] = [...TEXTS, ...WHOLE_VALUES, ...DECIMAL_VALUES, 'references'];

/** `at: "6.text"`, or a list of such. @throws DataFileError for an input that cannot take the value */
function targetsOf(
  graph: Graph,
  at: unknown,
  type: ValueRule['type'],
  where: string,
): readonly Target[] {
  const places = typeof at === 'string' ? [at] : lines(at, `${where}.at`);
  if (places.length === 0) throw new DataFileError(`${where}.at must name an input at least`);
  return places.map((place) => targetOf(graph, place, type, where));
}

function targetOf(graph: Graph, place: string, type: ValueRule['type'], where: string): Target {
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

function textSlot(graph: Graph, given: unknown, where: string): Slot<TextRule> {
  const fields = knownFields(mapping(given, where), ['at', ...TEXT_RULE_FIELDS], `${where}.`);
  const targets = targetsOf(graph, fields.at, 'text', where);
  return { ...textRule(fields, where), targets };
}

function numberSlot(
  graph: Graph,
  given: unknown,
  type: NumberRule['type'],
  where: string,
): Slot<NumberRule> {
  const fields = knownFields(mapping(given, where), ['at', ...NUMBER_RULE_FIELDS], `${where}.`);
  const targets = targetsOf(graph, fields.at, type, where);
  return { ...numberRule(fields, type, where), targets };
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
    ...some(WHOLE_VALUES, (name) => numberSlot(graph, given[name], 'whole', `slots.${name}`)),
    ...some(DECIMAL_VALUES, (name) => numberSlot(graph, given[name], 'decimal', `slots.${name}`)),
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

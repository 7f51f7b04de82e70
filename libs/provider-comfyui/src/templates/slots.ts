import { DataFileError, knownFields, lines, mapping, text } from '@imprest/data-files';
import {
  type NumberValueName,
  type PlacedValues,
  type PlaceReader,
  placedText,
  placedValues,
  type TextRule,
  type TextValueName,
  VALUE_NAMES,
  type ValueRule,
} from '@imprest/provider-http';
import { type Graph, isLink } from './graph.js';

/** An input of a node that a value is put into. */
export interface Target {
  readonly node: string;
  readonly input: string;
}

export interface Targets {
  readonly targets: readonly Target[];
}

/** Where a value goes, and what it may be. */
export type Slot = ValueRule & Targets;

export type SlotName = TextValueName | NumberValueName | 'filenamePrefix';

export interface Slots extends PlacedValues<Targets> {
  readonly filenamePrefix?: TextRule & Targets;
  /** Each takes the name of one uploaded reference. */
  readonly references: readonly (TextRule & Targets)[];
}

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

/** @throws DataFileError that names the slot and the rule */
export function parseSlots(graph: Graph, value: unknown): Slots {
  const names = [...VALUE_NAMES, 'filenamePrefix', 'references'];
  const given = knownFields(mapping(value, 'slots'), names, 'slots.');
  const reader: PlaceReader<Targets> = {
    field: 'at',
    read: (at, type, where) => ({ targets: targetsOf(graph, at, type, where) }),
  };
  const { references = [], filenamePrefix } = given;
  if (!Array.isArray(references)) throw new DataFileError('slots.references must be a list');
  return {
    ...placedValues(given, 'slots', reader),
    ...(filenamePrefix !== undefined && {
      filenamePrefix: placedText(filenamePrefix, 'slots.filenamePrefix', reader),
    }),
    references: references.map((each, index) =>
      placedText(each, `slots.references[${index}]`, reader),
    ),
  };
}

/** @throws DataFileError */
export function nodeNamed(graph: Graph, value: unknown, where: string): string {
  const node = text(value, where);
  if (Object.hasOwn(graph, node)) return node;
  throw new DataFileError(`${where} is ${node}: no such node`);
}

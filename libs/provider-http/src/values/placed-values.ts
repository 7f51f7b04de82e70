import { type Fields, knownFields, mapping } from '@imprest/data-files';
import {
  DECIMAL_VALUES,
  type NumberValueName,
  TEXT_VALUES,
  type TextValueName,
  WHOLE_VALUES,
} from './request-values.js';
import {
  type NumberRule,
  numberRule,
  type TextRule,
  textRule,
  type ValueRule,
} from './value-rules.js';

/** Values that a model takes: what they may be, and where they go. */
export interface PlacedValues<Place>
  extends Readonly<Partial<Record<TextValueName, TextRule & Place>>>,
    Readonly<Partial<Record<NumberValueName, NumberRule & Place>>> {}

/** How a data file says where a value goes. */
export interface PlaceReader<Place> {
  /** The field that says it; a value without a rule of its own may be that alone. */
  readonly field: string;
  /** @throws DataFileError for a place that cannot take a value of the type */
  read(place: unknown, type: ValueRule['type'], where: string): Place;
}

/** Names of all values that a request, or the operator, can give. */
export const VALUE_NAMES: readonly string[] = [...TEXT_VALUES, ...WHOLE_VALUES, ...DECIMAL_VALUES];

const TEXT_RULE_FIELDS = ['mostCharacters'];
const NUMBER_RULE_FIELDS = ['least', 'most', 'step', 'offset', 'value'];

function fieldsOf(value: unknown, field: string, rules: readonly string[], where: string): Fields {
  if (typeof value === 'string') return { [field]: value };
  return knownFields(mapping(value, where), [field, ...rules], `${where}.`);
}

/** @throws DataFileError that names the value and the rule */
export function placedText<Place>(
  value: unknown,
  where: string,
  { field, read }: PlaceReader<Place>,
): TextRule & Place {
  const fields = fieldsOf(value, field, TEXT_RULE_FIELDS, where);
  return { ...textRule(fields, where), ...read(fields[field], 'text', where) };
}

function placedNumber<Place>(
  value: unknown,
  type: NumberRule['type'],
  where: string,
  { field, read }: PlaceReader<Place>,
): NumberRule & Place {
  const fields = fieldsOf(value, field, NUMBER_RULE_FIELDS, where);
  return { ...numberRule(fields, type, where), ...read(fields[field], type, where) };
}

/** Those of the fields that are values of a request. @throws DataFileError that names the value and the rule */
export function placedValues<Place>(
  given: Fields,
  where: string,
  reader: PlaceReader<Place>,
): PlacedValues<Place> {
  const some = <const N extends string, T>(names: readonly N[], read: (name: N) => T) =>
    Object.fromEntries(
      names.filter((name) => given[name] !== undefined).map((name) => [name, read(name)]),
    ) as Partial<Record<N, T>>;
  const number = (type: NumberRule['type']) => (name: NumberValueName) =>
    placedNumber(given[name], type, `${where}.${name}`, reader);
  return {
    ...some(TEXT_VALUES, (name) => placedText(given[name], `${where}.${name}`, reader)),
    ...some(WHOLE_VALUES, number('whole')),
    ...some(DECIMAL_VALUES, number('decimal')),
  };
}

import { describe, expect, test } from 'vitest';
import type { JsonValue } from './envelope.js';
import {
  amount,
  boolean,
  integer,
  list,
  nullable,
  number,
  object,
  oneOf,
  type Schema,
  string,
  timestamp,
} from './schema.js';

const accepts = (schema: Schema<unknown>, json: JsonValue | undefined) =>
  schema.problem(json, 'x') === undefined;

describe('a value', () => {
  test.each<[string, Schema<unknown>, JsonValue[], JsonValue[]]>([
    ['string', string(), ['', 'a'], [1, null, true]],
    ['boolean', boolean(), [true, false], ['true', 0, null]],
    ['integer', integer(), [0, -7, 2 ** 53 - 1], [0.5, 2 ** 53, '1', null]],
    ['number', number(), [0, 0.5, -7], ['1', null]],
    ['amount', amount(), ['0', '-1', '9007199254740993'], ['', '01', '-0', '1.5', ' 1', '1n', 1]],
    [
      'timestamp',
      timestamp(),
      ['2026-01-15T09:00:00.000Z'],
      ['2026-01-15', '2026-01-15T09:00:00Z', '2026-02-30T09:00:00.000Z', 1, null],
    ],
    ['oneOf', oneOf('a', 'b'), ['a', 'b'], ['c', '', null]],
    ['nullable', nullable(amount()), [null, '1'], [1, '']],
    ['list', list(integer()), [[], [1, 2]], [[1, 'a'], {}, null]],
    ['object', object({ a: integer() }), [{ a: 1 }], [{}, { a: 'x' }, { a: 1, b: 2 }, [], null]],
  ])('of %s is told from what is none', (_, schema, good, bad) => {
    for (const json of good) expect([json, accepts(schema, json)]).toEqual([json, true]);
    for (const json of bad) expect([json, accepts(schema, json)]).toEqual([json, false]);
    expect(accepts(schema, undefined)).toBe(false);
  });
});

describe('a problem', () => {
  const schema = object({ lots: list(object({ tokens: amount() })) });

  test('names the path and the rule', () => {
    expect(schema.problem({ lots: [{ tokens: '1' }, { tokens: 1 }] }, 'data')).toBe(
      'data.lots[1].tokens must be a whole decimal amount in a string',
    );
  });

  test('names a field that is not declared, also one that every object inherits', () => {
    expect(schema.problem({ lots: [], more: 1 }, 'data')).toBe('data.more is not declared');
    const inherited = JSON.parse('{ "lots": [], "toString": 1 }');
    expect(schema.problem(inherited, 'data')).toBe('data.toString is not declared');
  });
});

describe('the codec', () => {
  test('turns amounts to strings and back, however deep, and copies what it converts', () => {
    const schema = object({
      lots: list(object({ tokens: amount(), lotId: string() })),
      paid: nullable(amount()),
      note: nullable(string()),
    });
    const value = { lots: [{ tokens: -(2n ** 70n), lotId: 'a' }], paid: null, note: null };
    const json = schema.encode(value);
    expect(json).toEqual({
      lots: [{ tokens: '-1180591620717411303424', lotId: 'a' }],
      paid: null,
      note: null,
    });
    expect(schema.decode(json)).toEqual(value);
    expect(value.lots[0]?.tokens).toBe(-(2n ** 70n));
  });

  test('passes plain values through uncopied', () => {
    const schema = object({ names: list(string()) });
    const value = { names: ['a'] };
    expect(schema.plain).toBe(true);
    expect(schema.encode(value)).toBe(value);
    expect(schema.decode(value)).toBe(value);
  });
});

test('the JSON Schema does not depend on the order of fields or values', () => {
  const one = object({ a: oneOf('x', 'y'), b: integer() });
  const other = object({ b: integer(), a: oneOf('y', 'x') });
  expect(one.jsonSchema).toEqual(other.jsonSchema);
});

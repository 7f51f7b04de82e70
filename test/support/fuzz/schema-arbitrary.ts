import fc from 'fast-check';
import { resolved, type Schema } from '../api-document.js';

type Json = fc.Arbitrary<unknown>;

const MAX_LENGTH = 40;
const MAX_ITEMS = 3;

/** What no schema says: values that have a chance of being taken. */
const known: Readonly<Record<string, Json>> = {
  model: fc.constantFrom('xSD4.5', 'model-dev', 'xSD4.5 '),
  size: fc.constantFrom('2K', '4K', '1900x1900', '256x256', '0x0', 'auto'),
  url: fc.constantFrom('https://hooks.example.com/in', 'http://127.0.0.1/', 'https://[::1]/', 'x'),
};

function knownAs(name: string): Json | undefined {
  return /url$/i.test(name) ? known.url : known[name];
}

function text({ pattern, format, minLength = 0, maxLength = MAX_LENGTH }: Schema): Json {
  const [min, max] = [Number(minLength), Math.min(Number(maxLength), MAX_LENGTH)];
  if (format === 'email') return fc.emailAddress({ size: 'small' });
  if (format === 'date-time') {
    return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  }
  if (typeof pattern === 'string') {
    const matching = fc.stringMatching(new RegExp(pattern), { maxLength: max, size: 'small' });
    return matching.filter(({ length }) => length >= min);
  }
  return fc.oneof(
    fc.string({ minLength: min, maxLength: max }),
    fc.string({ minLength: min, maxLength: max, unit: 'binary' }),
  );
}

function number({ minimum = -1e6, maximum = 1e9 }: Schema, whole: boolean): Json {
  const [min, max] = [Number(minimum), Number(maximum)];
  return whole
    ? fc.integer({ min: Math.ceil(min), max: Math.floor(max) })
    : fc.double({ min, max, noNaN: true });
}

function list({ items = {}, minItems = 0, maxItems = MAX_ITEMS }: Schema): Json {
  const [minLength, maxLength] = [Number(minItems), Math.min(Number(maxItems), MAX_ITEMS)];
  return fc.array(arbitraryOf(items as Schema), { minLength, maxLength });
}

function object({ properties = {}, required = [] }: Schema): Json {
  const fields = Object.entries(properties as Readonly<Record<string, Schema>>).map(
    ([name, schema]) => [name, knownAs(name) ?? arbitraryOf(schema)] as const,
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys: required as never });
}

function ofType(type: unknown, schema: Schema): Json {
  switch (type) {
    case 'string':
      return text(schema);
    case 'integer':
      return number(schema, true);
    case 'number':
      return number(schema, false);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return list(schema);
    case 'object':
      return object(schema);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

/** Values that the schema of a request accepts; long texts and lists are left to those that break it. */
export function arbitraryOf(given: Schema): Json {
  const schema = resolved(given);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.anyOf)) return fc.oneof(...schema.anyOf.map(arbitraryOf));
  const types = [schema.type].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema)));
}

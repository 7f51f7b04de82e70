/** A document or a line of it that is not what its format says. */
export class MalformedDocument extends Error {
  override readonly name = 'MalformedDocument';
}

export type JsonFields = Readonly<Record<string, unknown>>;

const WHOLE = /^(0|-?[1-9][0-9]{0,18})$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function refuse(path: string, rule: string): never {
  throw new MalformedDocument(`${path} must be ${rule}`);
}

export function fields(value: unknown, path: string): JsonFields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as JsonFields;
  }
  return refuse(path, 'an object');
}

export function list(of: JsonFields, name: string): readonly unknown[] {
  const value = of[name];
  return Array.isArray(value) ? value : refuse(name, 'a list');
}

export function text(of: JsonFields, name: string): string {
  const value = of[name];
  return typeof value === 'string' ? value : refuse(name, 'a string');
}

export function textOrNull(of: JsonFields, name: string): string | null {
  return of[name] === null ? null : text(of, name);
}

/** A whole number that fits into 32 bits. */
export function count(of: JsonFields, name: string): number {
  const value = of[name];
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 32) {
    return value;
  }
  return refuse(name, 'a whole number of 32 bits');
}

/** A decimal string, in its one spelling. */
export function amount(of: JsonFields, name: string): bigint {
  const value = of[name];
  if (typeof value === 'string' && WHOLE.test(value)) return BigInt(value);
  return refuse(name, 'a whole decimal number in a string');
}

export function time(of: JsonFields, name: string): Date {
  const value = text(of, name);
  const instant = new Date(value);
  if (TIME.test(value) && instant.toISOString() === value) return instant;
  return refuse(name, 'a UTC timestamp with milliseconds');
}

/** @param found of a document that only knows these. */
export function only(found: JsonFields, path: string, names: readonly string[]): void {
  const other = Object.keys(found).find((name) => !names.includes(name));
  if (other !== undefined) throw new MalformedDocument(`${path}.${other} is not declared`);
}

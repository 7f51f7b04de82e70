import { isDeepStrictEqual } from 'node:util';
import type { RequestBody, SchemaObject } from '@imprest/platform';

type Properties = Readonly<Record<string, SchemaObject>>;

function describe(
  schema: SchemaObject,
  name: string,
  about: (field: string) => SchemaObject | undefined,
  parent = '',
): SchemaObject {
  if (schema.properties === undefined) return schema;
  const properties = Object.entries(schema.properties as Properties).map(([key, property]) => {
    const field = parent + key;
    const meaning = about(field);
    if (meaning === undefined) throw new Error(`${name}.${field} is not described`);
    return [key, { ...describe(property, name, about, `${field}.`), ...meaning }];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** Collects schemas under their names and puts references in their places. */
export class SchemaComponents {
  private readonly names: Map<unknown, string>;
  private readonly requests = new Map<string, SchemaObject>();

  constructor(private readonly named: Readonly<Record<string, SchemaObject>>) {
    this.names = new Map(Object.entries(named).map(([name, schema]) => [schema, name]));
  }

  /** Every named schema in `value` as a reference, by identity. */
  reference<T>(value: T): T {
    const name = this.names.get(value);
    if (name !== undefined) return { $ref: `#/components/schemas/${name}` } as T;
    return this.referenceInside(value);
  }

  /** The schema that checks a body, with what its fields mean. @throws Error */
  request(schema: SchemaObject, { name, fields }: RequestBody): object {
    const unseen = new Set(Object.keys(fields));
    const described = describe(schema, name, (field) => {
      unseen.delete(field);
      return fields[field];
    });
    for (const field of unseen) throw new Error(`${name} has no field ${field}`);
    const known = this.requests.get(name) ?? described;
    if (!isDeepStrictEqual(known, described)) throw new Error(`two bodies are called ${name}`);
    this.requests.set(name, described);
    return { $ref: `#/components/schemas/${name}` };
  }

  /** All of them, by name. */
  get schemas(): Readonly<Record<string, SchemaObject>> {
    const named = Object.entries(this.named).map(([name, schema]) => {
      if (this.requests.has(name)) throw new Error(`two schemas are called ${name}`);
      return [name, this.referenceInside(schema)] as const;
    });
    const all = [...this.requests, ...named].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(all);
  }

  private referenceInside<T>(value: T): T {
    if (Array.isArray(value)) return value.map((item) => this.reference(item)) as T;
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) => [key, this.reference(inner)]);
    return Object.fromEntries(entries);
  }
}

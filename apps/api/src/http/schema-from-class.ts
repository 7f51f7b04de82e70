import { getMetadataStorage } from 'class-validator';

export type JsonSchema = { [keyword: string]: unknown };

type RequestClass = new () => object;

interface Rule {
  readonly name?: string;
  readonly type: string;
  readonly constraints?: unknown[];
  /** The rule holds for each item of an array, not for the array. */
  readonly each?: boolean;
}

/** Options change what a decorator accepts; none of them has a meaning here. */
function plain(schema: JsonSchema): (options?: unknown) => JsonSchema {
  return (options) => {
    if (Object.keys(options ?? {}).length === 0) return schema;
    throw new Error(`options have no JSON Schema: ${JSON.stringify(options)}`);
  };
}

function pattern(given: unknown, modifiers: unknown): JsonSchema {
  const expression = new RegExp(given as RegExp, modifiers as string | undefined);
  if (expression.flags.replace('u', '') === '') return { pattern: expression.source };
  throw new Error(`a pattern of JSON Schema has no flags: ${expression}`);
}

/** What each decorator in use means in JSON Schema. One that is missing here must not be passed over. */
const keywords: Readonly<Record<string, (...constraints: unknown[]) => JsonSchema>> = {
  isString: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: plain({ type: 'number' }),
  isArray: () => ({ type: 'array' }),
  isObject: () => ({ type: 'object' }),
  isEmail: plain({ type: 'string', format: 'email' }),
  isIso8601: () => ({ type: 'string', format: 'date-time' }),
  isIn: (values) => ({ enum: values }),
  min: (least) => ({ minimum: least }),
  max: (most) => ({ maximum: most }),
  isDivisibleBy: (step) => ({ multipleOf: step }),
  minLength: (least) => ({ minLength: least }),
  maxLength: (most) => ({ maxLength: most }),
  isLength: (least, most) => ({ minLength: least, maxLength: most }),
  arrayMinSize: (least) => ({ minItems: least }),
  arrayMaxSize: (most) => ({ maxItems: most }),
  matches: pattern,
};

const nestedClasses = new WeakMap<RequestClass, Map<string, RequestClass>>();
const alternatives = new WeakMap<RequestClass, Map<string, JsonSchema>>();

function remember<T>(
  map: WeakMap<RequestClass, Map<string, T>>,
  target: object,
  key: string,
  value: T,
) {
  const owner = target.constructor as RequestClass;
  const known = map.get(owner) ?? new Map<string, T>();
  map.set(owner, known.set(key, value));
}

/** The class of a nested object, to stand beside `@IsObject()`. */
export const Nested = (type: RequestClass) => (target: object, property: string) =>
  remember(nestedClasses, target, property, type);

/** A field that takes one of several shapes: `@OneOf(...)` replaces what decorators say of its type. */
export const OneOf =
  (...schemas: readonly JsonSchema[]) =>
  (target: object, property: string) =>
    remember(alternatives, target, property, { anyOf: schemas });

/** What was remembered of a class and of those it extends; the class itself has the last word. */
function remembered<T>(
  map: WeakMap<RequestClass, Map<string, T>>,
  type: RequestClass,
): readonly (readonly [string, T])[] {
  const parent = Object.getPrototypeOf(type) as RequestClass | null;
  const inherited = parent === null ? [] : remembered(map, parent);
  return [...inherited, ...(map.get(type) ?? [])];
}

function keywordsOf(rule: Rule, where: string): JsonSchema {
  const keyword = rule.name === undefined ? undefined : keywords[rule.name];
  if (keyword === undefined)
    throw new Error(`${where}: no JSON Schema for ${rule.name ?? rule.type}`);
  try {
    return keyword(...(rule.constraints ?? []));
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? error.message : error}`);
  }
}

function add(schema: JsonSchema, found: JsonSchema, where: string): void {
  for (const [keyword, value] of Object.entries(found)) {
    const known = schema[keyword] ?? value;
    if (known !== value) throw new Error(`${where}: two rules set ${keyword}`);
    schema[keyword] = value;
  }
}

/** Clients send null for what they leave out; an optional field takes it as missing. */
function nullable(schema: JsonSchema): JsonSchema {
  if (Array.isArray(schema.anyOf)) return { ...schema, anyOf: [...schema.anyOf, { type: 'null' }] };
  return {
    ...schema,
    ...(schema.type !== undefined && { type: [schema.type, 'null'] }),
    ...(Array.isArray(schema.enum) && { enum: [...schema.enum, null] }),
  };
}

function rulesOf(type: RequestClass): [Record<string, JsonSchema>, Set<string>] {
  const properties: Record<string, JsonSchema> = {};
  const optional = new Set<string>();
  for (const rule of getMetadataStorage().getTargetValidationMetadatas(type, '', false, false)) {
    const { propertyName, each } = rule;
    const where = `${type.name}.${propertyName}`;
    properties[propertyName] ??= {};
    const schema = properties[propertyName];
    if (rule.name === 'isOptional') {
      optional.add(propertyName);
      continue;
    }
    if (each) schema.items ??= {};
    add((each ? schema.items : schema) as JsonSchema, keywordsOf(rule as Rule, where), where);
  }
  return [properties, optional];
}

/**
 * JSON Schema of a class of class-validator decorators, so that the hot routes can check requests with
 * Fastify's compiled validator while the class stays the only declaration of the request. Unknown
 * fields are let through: dialects that promise to ignore them read known fields only.
 * @param required fields that this use of the class demands although they are optional in it.
 * @throws Error for a rule that has no meaning in JSON Schema, and for a field without a type.
 */
export function schemaFromClass(
  type: RequestClass,
  required: readonly string[] = [],
): JsonSchema & { readonly properties: Readonly<Record<string, JsonSchema>> } {
  const [properties, optional] = rulesOf(type);
  for (const [property, nested] of remembered(nestedClasses, type)) {
    properties[property] = { ...properties[property], ...schemaFromClass(nested) };
  }
  for (const [property, schema] of remembered(alternatives, type)) properties[property] = schema;
  for (const [property, { type: ofType, enum: values, anyOf }] of Object.entries(properties)) {
    if ((ofType ?? values ?? anyOf) !== undefined) continue;
    throw new Error(`${type.name}.${property}: no decorator says its type`);
  }
  for (const property of required) {
    if (!(property in properties)) throw new Error(`${type.name} has no field ${property}`);
  }
  for (const property of required) optional.delete(property);
  for (const property of optional) properties[property] = nullable(properties[property] ?? {});
  const demanded = Object.keys(properties).filter((property) => !optional.has(property));
  return { type: 'object', properties, required: demanded };
}

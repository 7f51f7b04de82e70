import { getMetadataStorage } from 'class-validator';

export type JsonSchema = { [keyword: string]: unknown };

type RequestClass = new () => object;

interface Rule {
  readonly name?: string;
  readonly type: string;
  readonly constraints?: unknown[];
}

/** What each decorator in use means in JSON Schema. One that is missing here must not be passed over. */
const keywords: Readonly<Record<string, (...constraints: unknown[]) => JsonSchema>> = {
  isString: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isArray: () => ({ type: 'array' }),
  isObject: () => ({ type: 'object' }),
  isEmail: () => ({ type: 'string', format: 'email' }),
  isISO8601: () => ({ type: 'string', format: 'date-time' }),
  isIn: (values) => ({ enum: values }),
  min: (least) => ({ minimum: least }),
  max: (most) => ({ maximum: most }),
  minLength: (least) => ({ minLength: least }),
  maxLength: (most) => ({ maxLength: most }),
  isLength: (least, most) => ({ minLength: least, maxLength: most }),
  arrayMinSize: (least) => ({ minItems: least }),
  arrayMaxSize: (most) => ({ maxItems: most }),
  matches: (pattern) => ({ pattern: (pattern as RegExp).source }),
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

function keywordsOf(rule: Rule, where: string): JsonSchema {
  const keyword = rule.name === undefined ? undefined : keywords[rule.name];
  if (keyword === undefined)
    throw new Error(`${where}: no JSON Schema for ${rule.name ?? rule.type}`);
  return keyword(...(rule.constraints ?? []));
}

/** Clients send null for what they leave out; an optional field takes it as missing. */
function nullable(schema: JsonSchema): JsonSchema {
  if (Array.isArray(schema.anyOf)) return { ...schema, anyOf: [...schema.anyOf, { type: 'null' }] };
  if (Array.isArray(schema.enum)) return { ...schema, enum: [...schema.enum, null] };
  return { ...schema, type: [schema.type, 'null'] };
}

/**
 * JSON Schema of a class of class-validator decorators, so that the hot routes can check requests with
 * Fastify's compiled validator while the class stays the only declaration of the request. Unknown
 * fields are let through: dialects that promise to ignore them read known fields only.
 * @param required fields that this use of the class demands although they are optional in it.
 * @throws Error for a decorator that has no meaning in JSON Schema.
 */
export function schemaFromClass(
  type: RequestClass,
  required: readonly string[] = [],
): JsonSchema & { readonly properties: Readonly<Record<string, JsonSchema>> } {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const properties: Record<string, JsonSchema> = {};
  const optional = new Set<string>();
  for (const rule of rules) {
    const { propertyName } = rule;
    properties[propertyName] ??= {};
    if (rule.name === 'isOptional') {
      optional.add(propertyName);
      continue;
    }
    const found = keywordsOf(rule as Rule, `${type.name}.${propertyName}`);
    Object.assign(properties[propertyName], found);
  }
  for (const [property, nested] of nestedClasses.get(type) ?? []) {
    properties[property] = { ...properties[property], ...schemaFromClass(nested) };
  }
  for (const [property, schema] of alternatives.get(type) ?? []) properties[property] = schema;
  for (const property of required) optional.delete(property);
  for (const property of optional) properties[property] = nullable(properties[property] ?? {});
  const demanded = Object.keys(properties).filter((property) => !optional.has(property));
  return { type: 'object', properties, required: demanded };
}

import type { JsonSchema } from '../http/schema-from-class.js';

type Properties = Readonly<Record<string, JsonSchema>>;

function isList(schema: JsonSchema): boolean {
  const options = [schema, ...((schema.anyOf as JsonSchema[] | undefined) ?? [])];
  return options.some(({ type }) => type === 'array');
}

function isBoolean({ type, enum: values }: JsonSchema): boolean {
  if (Array.isArray(values)) return values.some((value) => typeof value === 'boolean');
  return [type].flat().includes('boolean');
}

/** A form knows text only; what cannot be read as the field's type is left for its schema to refuse. */
function fieldValue(schema: JsonSchema, given: readonly string[]): unknown {
  if (isList(schema)) return given.filter((value) => value !== '');
  if (given.length > 1) return given;
  const [text = ''] = given;
  if (text === '') return null;
  if (isBoolean(schema) && /^(true|false)$/.test(text)) return text === 'true';
  if ([schema.type].flat().includes('integer') && /^-?\d{1,15}$/.test(text)) return Number(text);
  return text;
}

/** The body that a form's fields stand for. Those that the schema does not know are left out. */
export function bodyOfFields(
  properties: Properties,
  fields: readonly (readonly [name: string, value: string])[],
): Record<string, unknown> {
  const given = new Map<string, string[]>();
  for (const [name, value] of fields) {
    const field = name.endsWith('[]') ? name.slice(0, -2) : name;
    if (!Object.hasOwn(properties, field)) continue;
    given.set(field, [...(given.get(field) ?? []), value]);
  }
  const entries = [...given].map(([name, values]) => {
    return [name, fieldValue(properties[name] ?? {}, values)] as const;
  });
  return Object.fromEntries(entries);
}

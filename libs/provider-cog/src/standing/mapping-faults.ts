import type { InputMapping } from '../mapping/input-mapping.js';
import { fieldsOf } from '../protocol/prediction.js';

/** Of JSON schema, by what a mapping puts in. */
const TYPES = {
  text: ['string'],
  whole: ['integer', 'number'],
  decimal: ['number', 'integer'],
} as const;

/**
 * Where a mapping and the schema of the model's input do not fit, in words for an operator; nothing while there is no schema.
 * @param schema of `GET /openapi.json`; the input is `components.schemas.Input`
 */
export function mappingFaults(mapping: InputMapping, schema: unknown): readonly string[] {
  const { schemas } = fieldsOf(fieldsOf(schema).components);
  const input = fieldsOf(fieldsOf(schemas).Input);
  if (input.properties === undefined) return [];
  const properties = fieldsOf(input.properties);
  const faults = [
    ...unknownInputs(mapping, properties),
    ...missingInputs(mapping, input.required),
    ...wrongTypes(mapping, properties),
  ];
  return faults.map((fault) => `mapping ${mapping.name}: ${fault}`);
}

function namesOf({ inputs, constants }: InputMapping): readonly string[] {
  return [...Object.values(inputs).map(({ name }) => name), ...Object.keys(constants)];
}

function unknownInputs(mapping: InputMapping, properties: object): readonly string[] {
  return namesOf(mapping)
    .filter((name) => !Object.hasOwn(properties, name))
    .map((name) => `the model has no input ${name}`);
}

function missingInputs(mapping: InputMapping, required: unknown): readonly string[] {
  const names = namesOf(mapping);
  return (Array.isArray(required) ? required : [])
    .filter((name) => !names.includes(String(name)))
    .map((name) => `the model needs an input ${name}`);
}

function wrongTypes(
  { inputs }: InputMapping,
  properties: Readonly<Record<string, unknown>>,
): readonly string[] {
  const { references, mediaType, ...named } = inputs;
  return Object.values(named).flatMap(({ name, type: given }) => {
    const { type } = fieldsOf(properties[name]);
    const fits = typeof type !== 'string' || TYPES[given].some((each) => each === type);
    return fits ? [] : [`the input ${name} is of type ${type}, not a ${given} value`];
  });
}

import type { ImageMediaType, ReferenceImage } from '@imprest/application';
import {
  checkedValue,
  type RequestValues,
  ValueRefusal,
  type ValueRule,
} from '@imprest/provider-http';
import type { InputMapping, Named, ReferencesInput } from './input-mapping.js';

export interface InputValues {
  readonly values: RequestValues;
  readonly references: readonly ReferenceImage[];
  readonly mediaType: ImageMediaType;
}

/** Files go in as URLs, and a data URL is one that no server has to fetch. */
const dataUrl = ({ bytes, mediaType }: ReferenceImage): string =>
  `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;

function filledReferences(
  { list, most }: ReferencesInput,
  given: readonly ReferenceImage[],
): string | readonly string[] {
  if (given.length > most) {
    throw new ValueRefusal(`there are ${given.length} references, must be at most ${most}`);
  }
  const urls = given.map(dataUrl);
  return list ? urls : (urls[0] as string);
}

/** The input of a prediction. What the model has no input for is left out. @throws ValueRefusal */
export function filledInput(
  { inputs, constants }: InputMapping,
  { values, references, mediaType }: InputValues,
): Readonly<Record<string, unknown>> {
  const { references: files, mediaType: type, ...named } = inputs;
  const input: Record<string, unknown> = { ...constants };
  const rules = Object.entries(named) as [keyof RequestValues, ValueRule & Named][];
  for (const [name, rule] of rules) {
    const value = values[name] ?? (rule.type === 'text' ? undefined : rule.value);
    if (value !== undefined) input[rule.name] = checkedValue(rule, name, value);
  }
  if (files !== undefined && references.length > 0) {
    input[files.name] = filledReferences(files, references);
  }
  const word = type?.values[mediaType];
  if (type !== undefined && word !== undefined) input[type.name] = word;
  return input;
}

import type { Generation } from '../generations/generation.ts';
import type { FieldValue, FormValues } from './form-field.ts';

function fieldValue(value: unknown): FieldValue | undefined {
  if (Array.isArray(value)) return value.join('\n');
  const isPlain = ['string', 'number', 'boolean'].includes(typeof value);
  return isPlain ? (value as FieldValue) : undefined;
}

/** Values of the native form that ask for the same again. Deadlines are of their own time and stay out. */
export function remixValues({ input }: Pick<Generation, 'input'>): FormValues {
  const { model: _, startBy: _start, finishBy: _finish, ...rest } = input;
  const entries = Object.entries(rest).map(([name, value]) => [name, fieldValue(value)] as const);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, FieldValue] => entry[1] !== undefined),
  );
}

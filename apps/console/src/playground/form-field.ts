export type FieldKind =
  | 'text'
  | 'longText'
  | 'number'
  | 'choice'
  | 'suggestion'
  | 'flag'
  | 'seed'
  | 'lines'
  | 'character';

export type FieldValue = string | number | boolean;

/** Values by the names of their fields; a text that is empty is not sent. */
export type FormValues = Readonly<Record<string, FieldValue>>;

/** One field of a request, as a form shows it. */
export interface FormField {
  /** Where it stands in the body; a dot leads into an object. */
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly isRequired?: boolean;
  readonly help?: string;
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Characters at most. */
  readonly maxLength?: number;
  readonly initial?: FieldValue;
  /** What the API takes when the field is absent; it is left out of the body then. */
  readonly usual?: FieldValue;
  readonly isAdvanced?: boolean;
}

const initialOf = ({ kind, initial }: FormField): FieldValue =>
  initial ?? (kind === 'flag' ? false : '');

/** What an untouched form holds, with the values of `kept` where they fit a field. */
export function initialValues(fields: readonly FormField[], kept: FormValues = {}): FormValues {
  return Object.fromEntries(
    fields.map((field) => [field.name, fitting(field, kept[field.name]) ?? initialOf(field)]),
  );
}

function fitting(field: FormField, value: FieldValue | undefined): FieldValue | undefined {
  if (value === undefined || value === '') return undefined;
  if (field.kind === 'flag') return typeof value === 'boolean' ? value : undefined;
  if (field.kind === 'choice') return field.choices?.includes(String(value)) ? value : undefined;
  if (field.kind !== 'number') return value;
  const { min = -Infinity, max = Infinity } = field;
  return typeof value === 'number' ? Math.min(Math.max(value, min), max) : undefined;
}

/** Names of the fields that have to be filled in still. */
export function missingFields(fields: readonly FormField[], values: FormValues): string[] {
  return fields
    .filter(({ name, isRequired }) => isRequired && !/\S/.test(String(values[name] ?? '')))
    .map(({ name }) => name);
}

/** The field that a comparison varies; undefined where a caller has no say in it. */
export const seedField = (fields: readonly FormField[]): FormField | undefined =>
  fields.find(({ kind }) => kind === 'seed');

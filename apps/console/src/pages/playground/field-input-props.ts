import type { FieldValue, FormField } from '../../playground/form-field.ts';

/** What every input of the form is given. */
export interface FieldInputProps {
  readonly field: FormField;
  readonly value: FieldValue;
  readonly onChange: (value: FieldValue) => void;
}

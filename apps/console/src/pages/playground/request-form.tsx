import { Accordion, Stack } from '@mantine/core';
import type { FieldValue, FormField, FormValues } from '../../playground/form-field.ts';
import { FieldInput } from './field-input.tsx';

interface RequestFormProps {
  readonly fields: readonly FormField[];
  readonly values: FormValues;
  readonly onChange: (name: string, value: FieldValue) => void;
}

function Fields({ fields, values, onChange }: RequestFormProps) {
  return (
    <Stack gap="sm">
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={values[field.name] ?? ''}
          onChange={(value) => onChange(field.name, value)}
        />
      ))}
    </Stack>
  );
}

/** The fields of a request; those that are seldom touched are folded away. */
export function RequestForm({ fields, values, onChange }: RequestFormProps) {
  const advanced = fields.filter(({ isAdvanced }) => isAdvanced);
  return (
    <>
      <Fields fields={fields.filter(({ isAdvanced }) => !isAdvanced)} {...{ values, onChange }} />
      {advanced.length > 0 && (
        <Accordion variant="contained">
          <Accordion.Item value="advanced">
            <Accordion.Control>More settings</Accordion.Control>
            <Accordion.Panel>
              <Fields fields={advanced} {...{ values, onChange }} />
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      )}
    </>
  );
}

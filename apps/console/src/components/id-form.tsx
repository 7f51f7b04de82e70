import { Button, Group, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';

interface IdFormProps {
  /** What is in the address. */
  readonly id: string | undefined;
  readonly label: string;
  readonly placeholder?: string;
  readonly submitLabel: string;
}

/** Asks for the id of one thing and puts it into the address of the page, as `id`. */
export function IdForm({ id, label, placeholder, submitLabel }: IdFormProps) {
  const navigate = useNavigate();
  const ask = (given: string) =>
    void navigate({ to: '.', search: (given === '' ? {} : { id: given }) as never });
  return (
    <form
      key={id}
      action={(fields) => ask(String(fields.get('id') ?? '').trim())}
      aria-label={label}
    >
      <Group align="flex-end" mb="lg">
        <TextInput
          name="id"
          label={label}
          placeholder={placeholder}
          defaultValue={id}
          required
          w={{ base: '100%', xs: 380 }}
        />
        <Button type="submit">{submitLabel}</Button>
      </Group>
    </form>
  );
}

import { TextInput } from '@mantine/core';

interface CodeInputProps {
  readonly value: string;
  readonly onChange: (code: string) => void;
}

/** A field for the six digits that an authenticator shows. */
export function CodeInput({ value, onChange }: CodeInputProps) {
  return (
    <TextInput
      label="Code"
      description="Six digits from your authenticator."
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9]{6}"
      maxLength={6}
      required
      data-autofocus
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.replace(/\D/g, ''))}
    />
  );
}

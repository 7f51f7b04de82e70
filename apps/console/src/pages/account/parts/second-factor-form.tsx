import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ErrorNotice } from '../../../components/index.ts';
import { useSigningIn } from '../../../session/use-signing-in.ts';

/** A field for the six digits that an authenticator shows. */
export function CodeInput({
  value,
  onChange,
}: {
  value: string;
  onChange: (code: string) => void;
}) {
  return (
    <TextInput
      label="Code"
      description="Six digits from your authenticator."
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9]{6}"
      maxLength={6}
      required
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.replace(/\D/g, ''))}
    />
  );
}

/** Second step of the sign-in. */
export function SecondFactorForm() {
  const [code, setCode] = useState('');
  const confirm = useSigningIn<{ code: string }>('/second-factor');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate({ code });
      }}
    >
      <Stack>
        <Text size="sm">Your password was right. One more step.</Text>
        <CodeInput value={code} onChange={setCode} />
        <ErrorNotice error={confirm.error} title="Not signed in" />
        <Button type="submit" loading={confirm.isPending} fullWidth>
          Confirm
        </Button>
      </Stack>
    </form>
  );
}

import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ErrorNotice } from '../../../components/index.ts';
import { useSigningIn } from '../../../session/use-signing-in.ts';
import { CodeInput } from './code-input.tsx';

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

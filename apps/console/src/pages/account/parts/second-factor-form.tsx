import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ErrorNotice } from '../../../components/index.ts';
import { useSignOut } from '../../../session/use-sign-out.ts';
import { useSigningIn } from '../../../session/use-signing-in.ts';
import { CodeInput } from './code-input.tsx';

/** Second step of the sign-in. */
export function SecondFactorForm() {
  const [code, setCode] = useState('');
  const startOver = useSignOut('here');
  const confirm = useSigningIn<{ code: string }>('/second-factor');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate({ code });
      }}
    >
      <Stack>
        <Text size="sm">One more step: the second factor of your account.</Text>
        <CodeInput value={code} onChange={setCode} />
        <ErrorNotice error={confirm.error} title="Not signed in" />
        <Button type="submit" loading={confirm.isPending} fullWidth>
          Confirm
        </Button>
        <Button
          variant="subtle"
          size="compact-sm"
          loading={startOver.isPending}
          onClick={() => startOver.mutate()}
        >
          Sign in as somebody else
        </Button>
        <Text size="xs" c="dimmed" ta="center">
          Lost your authenticator? An operator can remove the second factor.
        </Text>
      </Stack>
    </form>
  );
}

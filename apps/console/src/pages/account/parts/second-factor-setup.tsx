import { Button, Center, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { QRCodeSVG } from 'qrcode.react';
import { useState } from 'react';
import { CopyableId, Dialog, ErrorNotice } from '../../../components/index.ts';
import { callSession } from '../../../session/session-calls.ts';
import { useSignedIn } from '../../../session/use-session.ts';
import { CodeForm } from './code-form.tsx';
import { PasswordField } from './credential-fields.tsx';

interface NewSecondFactor {
  /** Base 32, shown this once. */
  readonly secret: string;
  /** The same for a QR code. */
  readonly uri: string;
}

const CONFIRM = {
  method: 'PUT',
  path: '/second-factor',
  done: 'From now on a code is asked for when you sign in.',
} as const;

const REMOVE = {
  method: 'POST',
  path: '/second-factor/remove',
  done: 'No code is asked for any more. You are signed out everywhere else.',
} as const;

function NewSecret({ secret, uri, onDone }: NewSecondFactor & { onDone: () => void }) {
  return (
    <Stack>
      <Text size="sm">Scan this with an authenticator app, then type the code it shows.</Text>
      <Center bg="white" p="md">
        <QRCodeSVG value={uri} size={196} title="Code to scan with an authenticator app" />
      </Center>
      <Text component="div" size="sm">
        Or type the secret: <CopyableId id={secret} whole />
      </Text>
      <CodeForm command={CONFIRM} label="Turn it on" onDone={onDone} />
    </Stack>
  );
}

/** Shows first that it is the owner who sits here. */
function SetUp({ onDone }: { onDone: () => void }) {
  const { hasPassword } = useSignedIn().user;
  const [password, setPassword] = useState('');
  const fresh = useMutation({
    mutationFn: (body: { password?: string }) =>
      callSession<NewSecondFactor>('POST', '/second-factor/new', body),
    gcTime: 0,
  });
  if (fresh.data !== undefined) return <NewSecret {...fresh.data} onDone={onDone} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        fresh.mutate(hasPassword ? { password } : {});
      }}
    >
      <Stack>
        <Text size="sm">All your other sessions end when it is on.</Text>
        {hasPassword && (
          <PasswordField
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        <ErrorNotice error={fresh.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={fresh.isPending}>
            Continue
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Turns codes of an authenticator on or off. */
export function SecondFactorSetup() {
  const { hasSecondFactor, hasPassword } = useSignedIn().user;
  const alone = hasPassword ? 'your password' : 'your link or your account elsewhere';
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Stack align="flex-start" gap="sm">
      <Text size="sm">
        {hasSecondFactor
          ? 'On: a code of your authenticator is asked for when you sign in.'
          : `Off: whoever has ${alone} can sign in. With an authenticator app, a code from it is asked for, too.`}
      </Text>
      <Button variant={hasSecondFactor ? 'default' : 'filled'} onClick={open}>
        {hasSecondFactor ? 'Turn it off' : 'Set it up'}
      </Button>
      {opened && (
        <Dialog onClose={close} title="Second factor">
          {hasSecondFactor ? (
            <CodeForm command={REMOVE} label="Turn it off" danger onDone={close} />
          ) : (
            <SetUp onDone={close} />
          )}
        </Dialog>
      )}
    </Stack>
  );
}

import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { ErrorNotice } from '../../../components/index.ts';
import { useSessionCommand } from '../../../session/use-session-command.ts';
import { CodeInput } from './code-input.tsx';

interface CodeFormProps {
  readonly command: Omit<Parameters<typeof useSessionCommand>[0], 'onDone'>;
  readonly label: string;
  readonly danger?: boolean;
  readonly onDone: () => void;
}

/** Does something that wants a code of the authenticator. */
export function CodeForm({ command, label, danger = false, onDone }: CodeFormProps) {
  const [code, setCode] = useState('');
  const send = useSessionCommand<{ code: string }>({ ...command, onDone });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ code });
      }}
    >
      <Stack>
        <CodeInput value={code} onChange={setCode} />
        <ErrorNotice error={send.error} />
        <Group justify="flex-end">
          <Button type="submit" color={danger ? 'red' : undefined} loading={send.isPending}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

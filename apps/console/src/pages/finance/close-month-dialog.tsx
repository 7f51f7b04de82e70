import { List, Text, TextInput, ThemeIcon } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { QueryView, ReasonDialog } from '../../components/index.ts';
import { type ClosingCheck, useClosingChecks } from './use-closing-checks.ts';

function CheckItem({ check: { passes, text } }: { check: ClosingCheck }) {
  const Icon = passes ? IconCheck : IconAlertTriangle;
  return (
    <List.Item
      icon={
        <ThemeIcon color={passes ? 'green' : 'orange'} variant="light" size={22} radius="xl">
          <Icon size={14} aria-label={passes ? 'In order:' : 'Look at this:'} />
        </ThemeIcon>
      }
    >
      {text}
    </List.Item>
  );
}

/** Checks the books, and closes a month for good once its name was typed. */
export function CloseMonthDialog({ month, onClose }: { month: string; onClose: () => void }) {
  const api = useOperatorApi();
  const queries = useQueryClient();
  const checks = useClosingChecks(month);
  const [typed, setTyped] = useState('');
  const close = useMutation({
    mutationFn: (reason: string) =>
      answerOf(api.POST('/admin/v1/ledger/closes', { body: { month, reason } })),
    onSuccess: async () => {
      notifications.show({ color: 'green', message: `${month} is closed.` });
      onClose();
      await queries.invalidateQueries({ queryKey: ['ledger'] });
    },
  });
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={`Close ${month}`}
      confirmLabel="Close for good"
      danger
      disabled={checks.data?.some(({ passes }) => !passes) !== false || typed.trim() !== month}
      isPending={close.isPending}
      error={close.error}
      onConfirm={(reason) => close.mutate(reason)}
    >
      <Text size="sm">
        Its trial balance goes on record with your name. A month is never opened again; late facts
        about it are booked in the next open one.
      </Text>
      <QueryView query={checks}>
        {(found) => (
          <List size="sm" spacing="xs" center>
            {found.map((check) => (
              <CheckItem key={check.text} check={check} />
            ))}
          </List>
        )}
      </QueryView>
      <TextInput
        label={`Type ${month} to confirm`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ReasonDialog>
  );
}

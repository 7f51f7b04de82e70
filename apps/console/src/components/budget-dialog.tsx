import { Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { components } from '../api/openapi.ts';
import { type CommandOptions, useCommand } from '../api/use-command.ts';
import { Tokens } from './amount.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { QueryView } from './query-view.tsx';

export type Budget = components['schemas']['Budget'];
export type NewBudget = components['schemas']['NewBudget'];

const CAPS = [
  { name: 'perDay', label: 'Tokens a day', spent: 'today' },
  { name: 'perMonth', label: 'Tokens a month', spent: 'thisMonth' },
  { name: 'total', label: 'Tokens altogether', spent: 'total' },
] as const;

interface BudgetDialogProps {
  /** Whose budget it is. */
  readonly title: string;
  readonly onClose: () => void;
  /** Asks for the budget that is in force. */
  readonly query: { readonly data: Budget | undefined; readonly error: Error | null };
  readonly save: CommandOptions<NewBudget, unknown>;
  readonly clear: CommandOptions<void, unknown>;
}

function BudgetForm({
  budget,
  onClose,
  save,
  clear,
}: Omit<BudgetDialogProps, 'query' | 'title'> & { readonly budget: Budget }) {
  const saving = useCommand({ ...save, onDone: onClose });
  const clearing = useCommand({ ...clear, onDone: onClose });
  const { perDay, perMonth, total } = budget;
  const form = useForm({
    initialValues: { perDay: perDay ?? '', perMonth: perMonth ?? '', total: total ?? '' },
  });
  const submit = form.onSubmit((values) => {
    const capOf = (value: number | string) => (value === '' ? null : Number(value));
    saving.mutate({
      perDay: capOf(values.perDay),
      perMonth: capOf(values.perMonth),
      total: capOf(values.total),
    });
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">
          A request beyond a cap is refused before it costs anything. Days and months are those of
          UTC.
        </Text>
        {CAPS.map(({ name, label, spent }) => (
          <NumberInput
            key={name}
            label={label}
            description={
              <>
                Spent: <Tokens value={budget.spent[spent]} />
              </>
            }
            placeholder="No cap"
            min={0}
            allowDecimal={false}
            thousandSeparator=" "
            {...form.getInputProps(name)}
          />
        ))}
        <ErrorNotice error={saving.error ?? clearing.error} />
        <Group justify="space-between">
          <Button
            variant="subtle"
            color="red"
            loading={clearing.isPending}
            onClick={() => clearing.mutate()}
          >
            Remove the budget
          </Button>
          <Button type="submit" loading={saving.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Sees and sets what may be spent by a day, a month and altogether. */
export function BudgetDialog({ title, query, ...form }: BudgetDialogProps) {
  return (
    <Dialog onClose={form.onClose} title={title}>
      <QueryView query={query}>{(budget) => <BudgetForm budget={budget} {...form} />}</QueryView>
    </Dialog>
  );
}

import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type BalanceAlert, balanceAlertKey } from '../../../api/balance-alert.ts';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import { useCommand } from '../../../api/use-command.ts';
import { ConfirmAction, ErrorNotice } from '../../../components/index.ts';
import { useTenantId } from '../../../session/use-tenant.ts';

function ClearAlert() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return (
    <ConfirmAction
      label="Remove the alert"
      title="Remove the alert"
      explains="Nothing is told any more when the balance gets low. Requests that the balance does not cover are refused as before."
      danger
      size="sm"
      command={{
        run: () => api.DELETE('/v1/balance/alert'),
        done: 'The alert is removed.',
        touches: [balanceAlertKey(tenantId)],
      }}
    />
  );
}

/** Sets the alert, or removes it. @param alert the one that is set; null for none */
export function AlertForm({ alert }: { alert: BalanceAlert | null }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const save = useCommand({
    run: (body: BalanceAlert) => answerOf(api.PUT('/v1/balance/alert', { body })),
    done: 'The alert is set.',
    touches: [balanceAlertKey(tenantId)],
  });
  const form = useForm<{ threshold: number | string; webhookUrl: string }>({
    initialValues: { threshold: alert?.threshold ?? '', webhookUrl: alert?.webhookUrl ?? '' },
  });
  const submit = form.onSubmit(({ threshold, webhookUrl }) =>
    save.mutate({ threshold: Number(threshold), webhookUrl: webhookUrl.trim() }),
  );
  return (
    <form onSubmit={submit}>
      <Stack maw={480}>
        <NumberInput
          label="Tell me below"
          description="Tokens to spend. What is held for work under way does not count."
          required
          min={1}
          allowDecimal={false}
          thousandSeparator=" "
          {...form.getInputProps('threshold')}
        />
        <TextInput
          label="Webhook URL"
          description="Gets the event account.low_balance, signed like every webhook."
          type="url"
          required
          maxLength={2_048}
          placeholder="https://studio.example.com/hooks/imprest"
          {...form.getInputProps('webhookUrl')}
        />
        <ErrorNotice error={save.error} />
        <Group justify="space-between">
          <Button type="submit" loading={save.isPending}>
            {alert === null ? 'Set the alert' : 'Change the alert'}
          </Button>
          {alert !== null && <ClearAlert />}
        </Group>
      </Stack>
    </form>
  );
}

import { SimpleGrid, Stack, Text } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { useBalanceAlert } from '../../api/balance-alert.ts';
import { useBalance } from '../../api/tenant-queries.ts';
import {
  DescriptionList,
  EmptyState,
  PageHeader,
  PageLink,
  QueryView,
  Section,
  StatTile,
  Tokens,
} from '../../components/index.ts';
import { useHasRole, useTenantId } from '../../session/use-tenant.ts';
import { AlertForm } from './balance-alert/alert-form.tsx';
import { LowBalance } from './balance-alert/low-balance.tsx';

function Standing() {
  const { data: balance } = useBalance();
  const alert = useBalanceAlert().data?.alert;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      <StatTile
        label="Available"
        value={balance ? <Tokens value={balance.available} /> : '–'}
        hint="tokens to spend"
      />
      <StatTile
        label="Alert below"
        value={alert ? <Tokens value={alert.threshold} /> : '–'}
        hint={alert === null ? 'no alert is set' : 'tokens'}
      />
    </SimpleGrid>
  );
}

/** Below how many tokens somebody is told, and where. */
export function BalanceAlertPage() {
  const tenantId = useTenantId();
  const mayChange = useHasRole('developer');
  const query = useBalanceAlert();
  return (
    <>
      <PageHeader
        title="Balance alert"
        parent={{ label: 'Top up', to: `/t/${tenantId}/top-ups` }}
        description="A webhook tells you when the balance falls below a number of tokens: once each time, and at once when it is below already."
      />
      <Stack>
        <LowBalance />
        <Standing />
        <Section title="Alert">
          <QueryView query={query}>
            {({ alert }) => {
              if (mayChange) return <AlertForm key={JSON.stringify(alert)} alert={alert} />;
              if (alert === null) {
                return (
                  <EmptyState title="No alert is set" icon={IconBellRinging}>
                    The owner and developers of this tenant can set one.
                  </EmptyState>
                );
              }
              return (
                <DescriptionList
                  items={[
                    ['Below', <Tokens key="threshold" value={alert.threshold} />],
                    ['Webhook URL', alert.webhookUrl],
                  ]}
                />
              );
            }}
          </QueryView>
        </Section>
        <Section title="Other ways to hear of it">
          <Text size="sm">
            <PageLink to="/t/$tenantId/webhooks" params={{ tenantId }}>
              Webhook endpoints
            </PageLink>{' '}
            that listen to <code>account.low_balance</code> get it as well, and so do programs that
            read <code>GET /v1/events</code>. What arrived and what did not is among the{' '}
            <PageLink to="/t/$tenantId/webhook-messages" params={{ tenantId }}>
              webhook messages
            </PageLink>
            .
          </Text>
        </Section>
      </Stack>
    </>
  );
}

import { Alert, Stack, Text } from '@mantine/core';
import { IconPlugOff } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import {
  CopyableId,
  DescriptionList,
  PageHeader,
  QueryView,
  Section,
  StatusBadge,
  Timestamp,
} from '../../../components/index.ts';
import { useHasRole, useTenantId } from '../../../session/use-tenant.ts';
import { headerLines, type WebhookEndpoint } from '../../../webhooks/endpoint.ts';
import { useEndpoint } from '../../../webhooks/use-endpoints.ts';
import { EndpointActions } from './endpoint-actions.tsx';
import { HealthStrip } from './health-strip.tsx';
import { messageStatuses } from './message-columns.tsx';
import { MessageTable } from './message-table.tsx';
import { VerifySnippets } from './verify-snippets.tsx';

type Props = { readonly endpoint: WebhookEndpoint };

const FILTERS = [
  { id: 'status', label: 'Status', kind: 'choice', options: messageStatuses },
] as const;

function Disabled({ endpoint: { disabled } }: Props) {
  if (disabled === null) return null;
  return (
    <Alert color="yellow" title="Disabled" icon={<IconPlugOff size={18} aria-hidden />}>
      {disabled.reason} Since <Timestamp at={disabled.disabledAt} span />. Messages wait: enable it
      and they are sent.
    </Alert>
  );
}

function Settings({ endpoint }: Props) {
  const { scheme, events, ordering, perSecond, concurrency, retryDelays, headers } = endpoint;
  const { registeredAt, previousKeyValidUntil, publicKeys } = endpoint;
  return (
    <Section title="Settings">
      <Stack>
        <DescriptionList
          items={[
            ['Signed as', scheme],
            ['Order', ordering],
            ['Deliveries a second', perSecond ?? 'as many as come'],
            ['Deliveries at a time', concurrency],
            [
              'Waits between attempts',
              retryDelays?.length ? `${retryDelays.join(', ')} s` : 'the usual ones',
            ],
            ['Headers that go along', headerLines(headers) || 'none'],
            ['Registered', <Timestamp key="at" at={registeredAt} />],
            ['Old key signs along until', <Timestamp key="until" at={previousKeyValidUntil} />],
            ['Events', events.join(', ')],
          ]}
        />
        {publicKeys.map(({ key, validUntil }) => (
          <div key={key}>
            <Text size="xs" c="dimmed">
              {validUntil === null ? 'Public key' : 'Public key before it'}
            </Text>
            <CopyableId id={key} whole />
          </div>
        ))}
      </Stack>
    </Section>
  );
}

/** One endpoint: how it fares, its settings, its messages, and how its receiver checks them. */
export function WebhookEndpointPage() {
  const { endpointId = '' } = useParams({ strict: false });
  const tenantId = useTenantId();
  const mayWrite = useHasRole('developer');
  const query = useEndpoint(endpointId);
  const { data } = query;
  return (
    <>
      <PageHeader
        title={data?.url ?? 'Endpoint'}
        parent={{ label: 'Webhooks', to: `/t/${tenantId}/webhooks` }}
        aside={data && <StatusBadge status={data.disabled === null ? 'enabled' : 'disabled'} />}
        description={<CopyableId id={endpointId} whole />}
        actions={data && mayWrite && <EndpointActions endpoint={data} />}
      />
      <QueryView query={query}>
        {(endpoint) => (
          <Stack>
            <Disabled endpoint={endpoint} />
            <HealthStrip health={endpoint.health} />
            <Settings endpoint={endpoint} />
            <Section title="Messages">
              <MessageTable filters={FILTERS} endpointId={endpoint.id} />
            </Section>
            <VerifySnippets endpoint={endpoint} />
          </Stack>
        )}
      </QueryView>
    </>
  );
}

import { Accordion, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import type { components } from '../../../api/openapi.ts';
import {
  ConfirmAction,
  CopyableId,
  DescriptionList,
  EmptyState,
  PageHeader,
  QueryView,
  Section,
  StatusBadge,
  Timestamp,
} from '../../../components/index.ts';
import { formatDuration } from '../../../format/time.ts';
import { useHasRole, useTenantId } from '../../../session/use-tenant.ts';
import type { WebhookMessage } from '../../../webhooks/health.ts';
import { messagesKey } from '../../../webhooks/use-endpoints.ts';
import { AttemptExchange } from './attempt-exchange.tsx';

type Attempt = components['schemas']['WebhookAttempts']['attempts'][number];

function useMessage(id: string) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const params = { path: { id } };
  return useQuery({
    queryKey: [...messagesKey(tenantId), 'one', id],
    queryFn: async () => {
      const [message, { attempts }] = await Promise.all([
        answerOf(api.GET('/v1/webhook-messages/{id}', { params })),
        answerOf(api.GET('/v1/webhook-messages/{id}/attempts', { params })),
      ]);
      return { message, attempts };
    },
    refetchInterval: ({ state }) => (state.data?.message.status === 'pending' ? 2_000 : false),
  });
}

function AttemptHead({ attempt }: { attempt: Attempt }) {
  const { outcome, status, error, at, elapsedMs } = attempt;
  return (
    <Group gap="sm">
      <Text size="sm" fw={600}>
        {attempt.attempt}
      </Text>
      <StatusBadge status={outcome} color={outcome === 'retry' ? 'yellow' : undefined} />
      <Text size="sm">{status === null ? (error ?? 'no answer') : `HTTP ${status}`}</Text>
      <Text size="sm" c="dimmed">
        <Timestamp at={at} />
      </Text>
      <Text size="sm" c="dimmed">
        {formatDuration(elapsedMs)}
      </Text>
    </Group>
  );
}

function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  if (attempts.length === 0) {
    return <EmptyState title="No attempt yet">It waits for its turn.</EmptyState>;
  }
  const latest = attempts.at(-1);
  return (
    <Accordion
      variant="separated"
      multiple
      defaultValue={[String(latest?.attempt)]}
      keepMounted={false}
    >
      {attempts.toReversed().map((attempt) => (
        <Accordion.Item key={attempt.attempt} value={String(attempt.attempt)}>
          <Accordion.Control>
            <AttemptHead attempt={attempt} />
          </Accordion.Control>
          <Accordion.Panel>
            {attempt.nextAttemptAt !== null && (
              <Text size="sm" mb="xs">
                The next attempt is due <Timestamp at={attempt.nextAttemptAt} span />.
              </Text>
            )}
            <AttemptExchange exchange={attempt.exchange} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function ResendButton({ message: { id } }: { message: WebhookMessage }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return (
    <ConfirmAction
      label="Resend"
      title={`Send ${id} again`}
      explains="It goes out at once under its id, whatever became of it, and with a fresh schedule. Its body says what is true now."
      command={{
        run: () =>
          answerOf(api.POST('/v1/webhook-messages/{id}/redeliver', { params: { path: { id } } })),
        done: 'It is being sent again.',
        touches: [messagesKey(tenantId)],
      }}
    />
  );
}

function Facts({ message }: { message: WebhookMessage }) {
  const tenantId = useTenantId();
  const { generationId, endpointId, eventType, createdAt, updatedAt } = message;
  return (
    <Section title="About it">
      <DescriptionList
        items={[
          ['Tells of', eventType],
          [
            'Generation',
            <CopyableId
              key="generation"
              id={generationId}
              to={`/t/${tenantId}/generations/${generationId}`}
            />,
          ],
          [
            'Endpoint',
            endpointId === null ? (
              'the URL of the request'
            ) : (
              <CopyableId
                key="endpoint"
                id={endpointId}
                to={`/t/${tenantId}/webhooks/${endpointId}`}
              />
            ),
          ],
          ['Made', <Timestamp key="made" at={createdAt} />],
          ['Latest change', <Timestamp key="changed" at={updatedAt} />],
        ]}
      />
    </Section>
  );
}

/** One message: every attempt with what was sent and answered. */
export function WebhookMessagePage() {
  const { messageId = '' } = useParams({ strict: false });
  const tenantId = useTenantId();
  const mayWrite = useHasRole('developer');
  const query = useMessage(messageId);
  const message = query.data?.message;
  return (
    <>
      <PageHeader
        title="Message"
        parent={{ label: 'Messages', to: `/t/${tenantId}/webhook-messages` }}
        aside={message && <StatusBadge status={message.status} />}
        description={<CopyableId id={messageId} whole />}
        actions={message && mayWrite && <ResendButton message={message} />}
      />
      <QueryView query={query}>
        {(data) => (
          <Stack>
            <Facts message={data.message} />
            <Section title="Attempts">
              <Attempts attempts={data.attempts} />
            </Section>
          </Stack>
        )}
      </QueryView>
    </>
  );
}

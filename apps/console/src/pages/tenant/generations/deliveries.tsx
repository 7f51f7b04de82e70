import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import {
  CopyableId,
  EmptyState,
  QueryView,
  Section,
  StatusBadge,
  Timestamp,
} from '../../../components/index.ts';
import { useTenantId } from '../../../session/use-tenant.ts';

/** Webhook messages about a generation. */
export function Deliveries({ id }: { id: string }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const query = useQuery({
    queryKey: ['generation', tenantId, id, 'deliveries'],
    queryFn: async () => {
      const params = { query: { generationId: id, limit: 100 } };
      return (await answerOf(api.GET('/v1/webhook-messages', { params }))).messages;
    },
  });
  return (
    <Section title="Webhook deliveries">
      <QueryView query={query}>
        {(messages) =>
          messages.length === 0 ? (
            <EmptyState title="Nobody was told">
              Register an endpoint under Webhooks, or name a webhookUrl in the request.
            </EmptyState>
          ) : (
            <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
              {messages.map(({ id: messageId, status, attempts, updatedAt }) => (
                <Group key={messageId} component="li" gap="sm">
                  <StatusBadge status={status} />
                  <CopyableId id={messageId} to={`/t/${tenantId}/webhook-messages/${messageId}`} />
                  <Text size="sm">
                    {attempts} {attempts === 1 ? 'attempt' : 'attempts'}
                  </Text>
                  <Text size="sm" c="dimmed">
                    <Timestamp at={updatedAt} />
                  </Text>
                </Group>
              ))}
            </Stack>
          )
        }
      </QueryView>
    </Section>
  );
}

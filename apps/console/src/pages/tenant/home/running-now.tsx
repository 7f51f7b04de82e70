import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useUnfinished } from '../../../api/tenant-queries.ts';
import {
  CopyableId,
  EmptyState,
  QueryView,
  StatusBadge,
  Timestamp,
} from '../../../components/index.ts';
import { useTenantId } from '../../../session/use-tenant.ts';

/** What waits or is worked on, by itself anew. */
export function RunningNow() {
  const tenantId = useTenantId();
  return (
    <Paper withBorder p="md" radius="md">
      <Title order={2} size="h5" mb="sm">
        Running now
      </Title>
      <QueryView query={useUnfinished()}>
        {(generations) =>
          generations.length === 0 ? (
            <EmptyState title="Nothing waits and nothing runs">
              What you ask for in the playground or through the API shows up here.
            </EmptyState>
          ) : (
            <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
              {generations.map(({ requestId, status, model, createdAt }) => (
                <Group key={requestId} component="li" gap="sm">
                  <StatusBadge status={status} />
                  <CopyableId id={requestId} to={`/t/${tenantId}/generations/${requestId}`} />
                  <Text size="sm">{model}</Text>
                  <Timestamp at={createdAt} size="sm" c="dimmed" ml="auto" />
                </Group>
              ))}
            </Stack>
          )
        }
      </QueryView>
    </Paper>
  );
}

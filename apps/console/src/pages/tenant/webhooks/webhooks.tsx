import { Button, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import {
  CopyableId,
  EmptyState,
  PageHeader,
  QueryView,
  StatusBadge,
} from '../../../components/index.ts';
import { useHasRole, useTenantId } from '../../../session/use-tenant.ts';
import type { WatchedEndpoint } from '../../../webhooks/health.ts';
import { useEndpoints } from '../../../webhooks/use-endpoints.ts';
import { EndpointDialog } from './endpoint-dialog.tsx';
import { HealthStrip } from './health-strip.tsx';
import { RecoverButton } from './recover-button.tsx';

function EndpointCard({ endpoint }: { endpoint: WatchedEndpoint }) {
  const tenantId = useTenantId();
  const { id, url, scheme, events, disabled, health } = endpoint;
  return (
    <Paper withBorder p="md" radius="md" component="article" aria-label={url}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {url}
          </Text>
          <StatusBadge status={disabled === null ? 'enabled' : 'disabled'} />
        </Group>
        <HealthStrip health={health} />
        <Group gap="sm">
          <CopyableId id={id} to={`/t/${tenantId}/webhooks/${id}`} />
          <Text size="xs" c="dimmed">
            {scheme} · {events.length} {events.length === 1 ? 'event' : 'events'}
          </Text>
        </Group>
      </Stack>
    </Paper>
  );
}

/** Who is told when something happens, and how well that goes. */
export function WebhooksPage() {
  const tenantId = useTenantId();
  const mayWrite = useHasRole('developer');
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="Endpoints hear of everything they listen to, besides the URLs that requests name themselves."
        actions={
          <>
            <Button
              size="xs"
              variant="default"
              component={Link}
              to={`/t/${tenantId}/webhook-messages` as '/'}
            >
              All messages
            </Button>
            {mayWrite && <RecoverButton endpointId={null} />}
            {mayWrite && (
              <Button size="xs" leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
                Register an endpoint
              </Button>
            )}
          </>
        }
      />
      <QueryView query={useEndpoints()}>
        {(endpoints) =>
          endpoints.length === 0 ? (
            <EmptyState title="No endpoint yet" icon={IconWebhook}>
              Register an https URL of yours, keep its secret, then send a test event. Or read the
              same by cursor from GET /v1/events.
            </EmptyState>
          ) : (
            <SimpleGrid cols={{ base: 1, lg: 2 }}>
              {endpoints.map((endpoint) => (
                <EndpointCard key={endpoint.id} endpoint={endpoint} />
              ))}
            </SimpleGrid>
          )
        }
      </QueryView>
      {opened && <EndpointDialog endpoint={null} onClose={close} />}
    </>
  );
}

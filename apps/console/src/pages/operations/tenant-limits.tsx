import { Button, Group, NumberInput, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import type { components } from '../../api/openapi.ts';
import { useCommand } from '../../api/use-command.ts';
import { ErrorNotice, QueryView } from '../../components/index.ts';

type Schemas = components['schemas'];
type Tiers = Schemas['Tiers'];
type Share = Schemas['TenantShare'];

function TierForm({ tenantId, tiers, tier }: { tenantId: string; tiers: Tiers; tier: string }) {
  const api = useOperatorApi();
  const [chosen, setChosen] = useState(tier);
  const assign = useCommand({
    run: (name: string) => {
      const params = { path: { tenantId } };
      return answerOf(
        api.PUT('/admin/v1/tenants/{tenantId}/tier', { params, body: { tier: name } }),
      );
    },
    done: 'The tier is assigned; every process knows within seconds.',
    touches: [['tenants', tenantId]],
  });
  return (
    <Stack gap="sm">
      <Select
        label="Tier of rate limits"
        description="What every limit is multiplied by."
        allowDeselect={false}
        data={tiers.tiers.map(({ name, times }) => ({
          value: name,
          label: `${name} (${times} times)`,
        }))}
        value={chosen}
        onChange={(value) => value !== null && setChosen(value)}
      />
      <ErrorNotice error={assign.error} />
      <Group>
        <Button
          variant="default"
          disabled={chosen === tier}
          loading={assign.isPending}
          onClick={() => assign.mutate(chosen)}
        >
          Assign
        </Button>
      </Group>
    </Stack>
  );
}

const SHARE_FIELDS = [
  { id: 'weight', label: 'Weight', min: 0.01, max: 1000, decimals: true },
  { id: 'cap', label: 'Most jobs at once', min: 1, max: 1_000_000, decimals: false },
  { id: 'priority', label: 'Priority', min: 0, max: 9, decimals: false },
] as const;

function ShareForm({ tenantId, share }: { tenantId: string; share: Share }) {
  const api = useOperatorApi();
  const [assigned, setAssigned] = useState(share.assigned);
  const assign = useCommand({
    run: () => {
      const params = { path: { tenantId } };
      return answerOf(api.PUT('/admin/v1/tenants/{tenantId}/share', { params, body: assigned }));
    },
    done: 'The share is assigned, also for what waits already.',
    touches: [['tenants', tenantId]],
  });
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        {SHARE_FIELDS.map(({ id, label, min, max, decimals }) => (
          <NumberInput
            key={id}
            label={label}
            placeholder={
              share.assigned[id] === null ? `${share[id] ?? 'none'} by its tier` : 'by its tier'
            }
            min={min}
            max={max}
            allowDecimal={decimals}
            value={assigned[id] ?? ''}
            onChange={(value) =>
              setAssigned((before) => ({ ...before, [id]: value === '' ? null : Number(value) }))
            }
          />
        ))}
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        Of two tenants that wait, the one of twice the weight gets twice the GPU time. What is empty
        is left to the tier.
      </Text>
      <ErrorNotice error={assign.error} />
      <Group>
        <Button
          variant="default"
          loading={assign.isPending}
          onClick={() => assign.mutate(undefined)}
        >
          Assign
        </Button>
      </Group>
    </Stack>
  );
}

/** Rate limits and fair share of a tenant. */
export function TenantLimits({ tenantId }: { tenantId: string }) {
  const api = useOperatorApi();
  const params = { path: { tenantId } };
  const limits = useQuery({
    queryKey: ['tenants', tenantId, 'limits'],
    queryFn: async () => {
      const [tiers, tier, share] = await Promise.all([
        answerOf(api.GET('/admin/v1/tiers')),
        answerOf(api.GET('/admin/v1/tenants/{tenantId}/tier', { params })),
        answerOf(api.GET('/admin/v1/tenants/{tenantId}/share', { params })),
      ]);
      return { tiers, tier: tier.tier, share };
    },
  });
  return (
    <section>
      <Title order={2} size="h4" mb="sm">
        Limits and share of the workers
      </Title>
      <QueryView query={limits}>
        {({ tiers, tier, share }) => (
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
            <TierForm key={tier} {...{ tenantId, tiers, tier }} />
            <ShareForm key={JSON.stringify(share)} {...{ tenantId, share }} />
          </SimpleGrid>
        )}
      </QueryView>
    </section>
  );
}

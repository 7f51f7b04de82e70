import { Stack, Title } from '@mantine/core';
import { IconCreditCard } from '@tabler/icons-react';
import { useTenantApi } from '../../api/clients.ts';
import {
  DataTable,
  EmptyState,
  type Filter,
  PageHeader,
  PageLink,
  useRows,
  useTableState,
} from '../../components/index.ts';
import { useTenantId } from '../../session/use-tenant.ts';
import { PackageList } from './top-ups/package-list.tsx';
import { topUpColumns } from './top-ups/top-up-columns.tsx';

const FILTERS: readonly Filter[] = [
  {
    id: 'status',
    label: 'Status',
    kind: 'choice',
    options: [
      'open',
      'pending',
      'under_review',
      'credited',
      'expired',
      'failed',
      'refunded',
      'disputed',
      'charged_back',
    ],
  },
  { id: 'from', label: 'From', kind: 'day' },
  { id: 'to', label: 'Before', kind: 'day' },
];

/** What is sold, and what was bought. */
export function TopUpsPage() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['top-ups', tenantId],
    state,
    fetch: (query) => api.GET('/v1/top-ups', { params: { query } }),
    sorts: ['-createdAt'],
    rowsOf: ({ topUps }) => topUps,
    refetchInterval: 5_000,
  });
  return (
    <>
      <PageHeader
        title="Top up"
        description={
          <>
            Tokens that are bought never expire. To hear of it before they run out, set a{' '}
            <PageLink to="/t/$tenantId/balance-alert" params={{ tenantId }}>
              balance alert
            </PageLink>
            .
          </>
        }
      />
      <Stack gap="xl">
        <PackageList />
        <section>
          <Title order={2} size="h4" mb="sm">
            Your top-ups
          </Title>
          <DataTable
            caption="Top-ups, newest first"
            columns={topUpColumns}
            rows={rows}
            rowKey={({ id }) => id}
            state={state}
            filters={FILTERS}
            empty={
              <EmptyState title="No top-up" icon={IconCreditCard}>
                Order a package above; it shows up here with how its payment stands.
              </EmptyState>
            }
          />
        </section>
      </Stack>
    </>
  );
}

import { Alert, SimpleGrid, Stack, Title } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import {
  DataTable,
  EmptyState,
  PageHeader,
  QueryView,
  StatTile,
  StatusBadge,
  Timestamp,
  Tokens,
  useRows,
  useTableState,
} from '../../../components/index.ts';
import { generationStatuses } from '../../../generations/generation.ts';
import { useHasRole, useTenantId } from '../../../session/use-tenant.ts';
import { generationColumns } from '../generations/columns.tsx';
import { EndUserActions } from './end-user-actions.tsx';

const FILTERS = [
  { id: 'status', label: 'Status', kind: 'choice', options: generationStatuses },
  { id: 'from', label: 'From', kind: 'day' },
  { id: 'to', label: 'Before', kind: 'day' },
] as const;

function useEndUser(email: string) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useQuery({
    queryKey: ['end-users', tenantId, email],
    queryFn: () => answerOf(api.GET('/v1/end-users/{email}', { params: { path: { email } } })),
  });
}

function Requests({ email }: { email: string }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const state = useTableState();
  const columns = useMemo(
    () => generationColumns(tenantId).filter(({ id }) => id !== 'endUser'),
    [tenantId],
  );
  const rows = useRows({
    queryKey: ['generations', tenantId, 'of', email],
    state,
    fetch: (query) =>
      api.GET('/v1/end-users/{email}/generations', { params: { path: { email }, query } }),
    sorts: ['-createdAt'],
    rowsOf: ({ generations }) => generations,
  });
  return (
    <DataTable
      caption={`Generations of ${email}`}
      columns={columns}
      rows={rows}
      rowKey={({ requestId }) => requestId}
      state={state}
      filters={FILTERS}
      empty={<EmptyState title="Nothing is here">It was never made, or it was erased.</EmptyState>}
    />
  );
}

/** One end user: what it came to, the budget, and every request. */
export function EndUserPage() {
  const { email = '' } = useParams({ strict: false });
  const tenantId = useTenantId();
  const mayWrite = useHasRole('developer');
  const query = useEndUser(email);
  const { data } = query;
  return (
    <>
      <PageHeader
        title={email}
        parent={{ label: 'End users', to: `/t/${tenantId}/end-users` }}
        aside={data && <StatusBadge status={data.state} />}
        actions={data && mayWrite && <EndUserActions endUser={data} />}
      />
      <Stack>
        <QueryView query={query}>
          {(endUser) => (
            <>
              {endUser.state === 'blocked' && (
                <Alert color="red" title="Blocked" icon={<IconBan size={18} aria-hidden />}>
                  {endUser.blockedReason ?? 'No reason is on record.'}
                </Alert>
              )}
              <SimpleGrid cols={{ base: 2, md: 4 }}>
                <StatTile
                  label="Spent"
                  value={<Tokens value={endUser.xTokensSpent} />}
                  hint="tokens"
                />
                <StatTile
                  label="Requests"
                  value={<Tokens value={endUser.generations} />}
                  hint={`${endUser.succeeded} succeeded, ${endUser.failed} failed`}
                />
                <StatTile
                  label="Refused prompts"
                  value={<Tokens value={endUser.refusedPrompts} />}
                />
                <StatTile
                  label="Last seen"
                  value={endUser.lastSeen.slice(0, 10)}
                  hint={
                    <>
                      since <Timestamp at={endUser.firstSeen} span />
                    </>
                  }
                />
              </SimpleGrid>
            </>
          )}
        </QueryView>
        <Title order={2} size="h4">
          Generations
        </Title>
        <Requests email={email} />
      </Stack>
    </>
  );
}

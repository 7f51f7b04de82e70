import { Alert, Stack, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, OPERATOR_BASE, useOperatorApi } from '../../api/clients.ts';
import { useEventStream } from '../../api/event-stream.ts';
import { PageHeader, PageLink, QueryView, StatusBadge, Timestamp } from '../../components/index.ts';
import type { Overview } from '../../operations/overview.ts';
import { operates } from '../../session/session.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { ConsumersTable } from './consumers-table.tsx';
import { OverviewTiles } from './overview-tiles.tsx';

const KEY = ['overview'];
const EVENTS = ['overview'];

/** What the stream said last; asked for once, until its first event comes. */
function useOverview() {
  const api = useOperatorApi();
  const queries = useQueryClient();
  const stream = useEventStream({
    path: `${OPERATOR_BASE}/admin/v1/overview/stream`,
    types: EVENTS,
    onEvent: ({ data }) => queries.setQueryData(KEY, data as Overview),
  });
  const overview = useQuery({
    queryKey: KEY,
    queryFn: () => answerOf(api.GET('/admin/v1/overview')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { overview, isLive: stream === 'open' };
}

function Incident({ overview: { invariantViolations } }: { overview: Overview }) {
  const mayLook = operates(useSignedIn(), 'finance');
  if (invariantViolations === 0) return null;
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={`Broken invariants: ${invariantViolations}`}
    >
      This is an incident.{' '}
      {mayLook && (
        <PageLink to="/finance/findings" search={{ state: 'open', source: 'invariant' }}>
          Look at the findings
        </PageLink>
      )}
    </Alert>
  );
}

export function OverviewPage() {
  const { overview, isLive } = useOverview();
  return (
    <>
      <PageHeader
        title="Overview"
        aside={
          <StatusBadge status={isLive ? 'live' : 'connecting'} color={isLive ? 'green' : 'gray'} />
        }
        description={
          overview.data && (
            <>
              The installation as of <Timestamp at={overview.data.at} span />
            </>
          )
        }
      />
      <QueryView query={overview}>
        {(found) => (
          <Stack gap="xl">
            <Incident overview={found} />
            <OverviewTiles overview={found} />
            <section>
              <Title order={2} size="h4" mb="sm">
                Projections and reactors
              </Title>
              <ConsumersTable consumers={found.consumers} />
            </section>
          </Stack>
        )}
      </QueryView>
    </>
  );
}

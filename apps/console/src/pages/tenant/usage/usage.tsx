import { SimpleGrid, Stack } from '@mantine/core';
import { useMemo } from 'react';
import { tenantBase, useTenantApi } from '../../../api/clients.ts';
import {
  DataTable,
  DayChart,
  DownloadLink,
  EmptyState,
  type Filter,
  PageHeader,
  Section,
  StatTile,
  Tokens,
  useRows,
  useTableState,
} from '../../../components/index.ts';
import { formatShare } from '../../../format/amount.ts';
import { utcDay } from '../../../format/time.ts';
import { useTenantId } from '../../../session/use-tenant.ts';
import {
  daysBetween,
  drawnByDay,
  groupings,
  isGrouping,
  subjectOf,
  totalsOf,
  type UsageRow,
} from '../../../usage/grouping.ts';
import { usageColumns } from './usage-columns.tsx';

const FILTERS: readonly Filter[] = [
  {
    id: 'groupBy',
    label: 'By',
    kind: 'choice',
    otherwise: 'Day',
    options: groupings.filter(({ value }) => value !== 'day'),
  },
  { id: 'from', label: 'From', kind: 'day' },
  { id: 'to', label: 'Before', kind: 'day' },
];
const DAYS = 30;
const ROWS = 500;
const COLORS = ['indigo.6', 'teal.6', 'orange.6', 'pink.6', 'cyan.6', 'gray.5'];

interface ChartProps {
  readonly rows: readonly UsageRow[];
  readonly from: string;
  /** Day after the last one. */
  readonly to: string | undefined;
}

function Chart({ rows, from, to }: ChartProps) {
  const { names, points } = useMemo(() => {
    const last = to === undefined ? utcDay(new Date()) : utcDay(new Date(to), -1);
    return drawnByDay(rows, daysBetween(from, last));
  }, [rows, from, to]);
  if (names.length === 0) return null;
  const series = names.map((name, index) => ({
    name,
    label: name === '–' ? 'Tokens spent' : name,
    color: COLORS[index % COLORS.length] ?? 'gray.5',
  }));
  return (
    <Section title="Tokens spent by day">
      <DayChart kind="bar" days={points} series={series} label="Tokens spent by day" />
    </Section>
  );
}

function Totals({ rows }: { rows: readonly UsageRow[] }) {
  const { requests, succeeded, failed, spent } = totalsOf(rows);
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      <StatTile label="Spent" value={<Tokens value={spent} />} hint="tokens" />
      <StatTile label="Requests" value={<Tokens value={requests} />} />
      <StatTile label="Failed" value={<Tokens value={failed} />} hint="given back in full" />
      <StatTile label="Success" value={formatShare(succeeded, succeeded + failed)} />
    </SimpleGrid>
  );
}

/** What was asked for and spent, by day, model, key, end user or dialect. */
export function UsagePage() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const state = useTableState();
  const { groupBy, from = utcDay(new Date(), 1 - DAYS), to } = state.filters;
  const grouping = isGrouping(groupBy) ? groupBy : 'day';
  const span = { groupBy: grouping, from, ...(to === undefined ? {} : { to }) };
  const rows = useRows({
    queryKey: ['usage', tenantId, 'table', from],
    state,
    fetch: ({ cursor }: { cursor?: string }) => {
      const query = { ...span, limit: ROWS, ...(cursor === undefined ? {} : { cursor }) };
      return api.GET('/v1/usage', { params: { query } });
    },
    rowsOf: ({ usage }) => usage,
  });
  const shown = rows.data?.rows ?? [];
  // Of a part of the rows they would pass for the sums of all.
  const isWhole = state.cursor === undefined && rows.data?.nextCursor === null;
  const columns = useMemo(() => usageColumns(grouping), [grouping]);
  const path = `${tenantBase(tenantId)}/v1/usage`;
  const query = { ...span, format: 'csv' };
  return (
    <>
      <PageHeader
        title="Usage"
        description={`The last ${DAYS} days, unless a day is chosen. Days are those of UTC. The CSV has every row of these days.`}
        actions={
          <DownloadLink path={path} query={query} filename={`usage-${tenantId}.csv`}>
            CSV
          </DownloadLink>
        }
      />
      <Stack>
        {isWhole && shown.length > 0 && <Totals rows={shown} />}
        {isWhole && grouping.startsWith('day') && <Chart rows={shown} from={from} to={to} />}
        <DataTable
          caption="Usage"
          columns={columns}
          rows={rows}
          rowKey={(row) => `${row.day ?? ''} ${subjectOf(row)}`}
          state={state}
          filters={FILTERS}
          empty={
            <EmptyState title="Nothing was asked for in these days">
              Choose an earlier day, or try a prompt in the playground.
            </EmptyState>
          }
        />
      </Stack>
    </>
  );
}

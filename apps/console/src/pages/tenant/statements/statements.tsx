import { Badge, Button, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answerOf, tenantBase, useTenantApi } from '../../../api/clients.ts';
import type { components } from '../../../api/openapi.ts';
import {
  type Column,
  DataTable,
  DownloadLink,
  EmptyState,
  type Filter,
  Money,
  PageHeader,
  StatTile,
  Tokens,
  useTableState,
} from '../../../components/index.ts';
import { isMonth, monthOf } from '../../../finance/months.ts';
import { useTenantId } from '../../../session/use-tenant.ts';

type Statement = components['schemas']['Statement'];
type Sum = Statement['sums'][number];
type Part = Exclude<keyof Sum, 'tenantId' | 'currency'>;

const FILTERS: readonly Filter[] = [{ id: 'month', label: 'Month', kind: 'month' }];

const PARTS: readonly (readonly [part: Part, label: string])[] = [
  ['opening', 'At the beginning'],
  ['purchased', 'Came in'],
  ['recognised', 'Spent'],
  ['refunded', 'Refunded'],
  ['chargedBack', 'Charged back'],
  ['repaid', 'Repaid'],
  ['breakage', 'Expired'],
  ['closing', 'At the end'],
];

const columns: Column<Sum>[] = [
  { id: 'currency', header: 'Lots in', cell: ({ currency }) => currency ?? 'grants' },
  ...PARTS.map(
    ([part, header]): Column<Sum> => ({
      id: part,
      header,
      align: 'right',
      cell: ({ currency, [part]: { tokens, minorUnits } }) => (
        <>
          <Tokens value={tokens} />
          {minorUnits !== null && currency !== null && (
            <Money
              minorUnits={minorUnits}
              currency={currency}
              size="xs"
              c="dimmed"
              display="block"
            />
          )}
        </>
      ),
    }),
  ),
];

function Downloads({ month }: { month: string }) {
  const tenantId = useTenantId();
  const path = `${tenantBase(tenantId)}/v1/ledger/statement`;
  return (
    <>
      {(['json', 'csv', 'pdf'] as const).map((format) => (
        <DownloadLink
          key={format}
          path={path}
          query={{ month, format }}
          filename={`statement-${tenantId}-${month}.${format}`}
        >
          {format.toUpperCase()}
        </DownloadLink>
      ))}
    </>
  );
}

function Sums({ statement }: { statement: Statement }) {
  const { opening, closing } = statement;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
      <StatTile
        label="At the beginning"
        value={<Tokens value={opening} />}
        hint="tokens, holds included"
      />
      <StatTile
        label="At the end"
        value={<Tokens value={closing} />}
        hint="tokens, holds included"
      />
    </SimpleGrid>
  );
}

/** What came in and what was spent in a month, lot by lot in the files. */
export function StatementsPage() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const state = useTableState();
  const month = isMonth(state.filters.month) ? state.filters.month : monthOf(new Date());
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['statement', tenantId, month],
    queryFn: () => answerOf(api.GET('/v1/ledger/statement', { params: { query: { month } } })),
  });
  const statement = data as Statement | undefined;
  return (
    <>
      <PageHeader
        title={`Statement of ${month}`}
        aside={
          statement && (
            <Badge variant="light" color={statement.closed ? 'green' : 'gray'} tt="none">
              {statement.closed ? 'final' : 'not closed yet'}
            </Badge>
          )
        }
        description="JSON has these sums; CSV and PDF have every line."
        actions={<Downloads month={month} />}
      />
      <Stack>
        {statement && <Sums statement={statement} />}
        <DataTable
          caption={`Sums of ${month}`}
          columns={columns}
          rows={{ data: statement && { rows: statement.sums }, error, isFetching, refetch }}
          rowKey={({ currency }) => currency ?? 'grants'}
          state={state}
          filters={FILTERS}
          actions={(['ledger', 'lots'] as const).map((page) => (
            <Button
              key={page}
              size="xs"
              variant="default"
              component={Link}
              to={`/t/${tenantId}/${page}` as '/'}
            >
              {page === 'ledger' ? 'Ledger entries' : 'Lots'}
            </Button>
          ))}
          empty={
            <EmptyState title="Nothing happened in this month">Choose another one.</EmptyState>
          }
        />
      </Stack>
    </>
  );
}

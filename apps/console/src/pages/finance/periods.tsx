import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import type { components } from '../../api/openapi.ts';
import {
  amountColumn,
  type Column,
  DataTable,
  EmptyState,
  idColumn,
  PageHeader,
  PageLink,
  proseColumn,
  timeColumn,
  useTableState,
} from '../../components/index.ts';
import { nextToClose } from '../../finance/months.ts';
import { CloseMonthDialog } from './close-month-dialog.tsx';

type Close = components['schemas']['Close'];

const COLUMNS: readonly Column<Close>[] = [
  {
    id: 'month',
    header: 'Month',
    cell: ({ month }) => (
      <PageLink to="/finance/revenue" search={{ month }}>
        {month}
      </PageLink>
    ),
    sortBy: ({ month }) => month,
  },
  timeColumn('closedAt', 'Closed', ({ closedAt }) => closedAt),
  idColumn('closedBy', 'By', ({ closedBy }) => closedBy.id),
  proseColumn('reason', 'Why', ({ reason }) => reason),
  amountColumn('entries', 'Entries', ({ entries }) => entries),
  { id: 'upTo', header: 'Up to event', align: 'right', cell: ({ upTo }) => upTo },
  idColumn('digest', 'SHA-256', ({ digest }) => digest),
  {
    id: 'seal',
    header: 'Seal',
    align: 'right',
    cell: ({ seal }) => (seal === null ? 'none yet' : seal.number),
  },
];

function CloseButton({ closes }: { closes: readonly Close[] }) {
  const [opened, { open, close }] = useDisclosure(false);
  const months = closes.map(({ month }) => month);
  const next = nextToClose(months, new Date());
  if (next === null) return null;
  return (
    <>
      <Button onClick={open}>Close {next}</Button>
      {opened && <CloseMonthDialog month={next} onClose={close} />}
    </>
  );
}

export function PeriodsPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['ledger', 'closes'],
    queryFn: () => answerOf(api.GET('/admin/v1/ledger/closes')),
  });
  return (
    <>
      <PageHeader
        title="Closed months"
        description="A closed month is final: what becomes known about it later is booked in the first open one. Months are closed in order, each when it is over."
        actions={data && <CloseButton closes={data.closes} />}
      />
      <DataTable
        caption="Closed months"
        columns={COLUMNS}
        rows={{ data: data && { rows: data.closes }, error, isFetching, refetch }}
        rowKey={({ month }) => month}
        state={state}
        empty={
          <EmptyState title="No month is closed">
            Close the first one when it is over and its findings are cleared.
          </EmptyState>
        }
      />
    </>
  );
}

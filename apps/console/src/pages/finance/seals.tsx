import { Stack, Title } from '@mantine/core';
import { useOperatorApi } from '../../api/clients.ts';
import {
  amountColumn,
  type Column,
  DataTable,
  EmptyState,
  idColumn,
  PageHeader,
  timeColumn,
  useRows,
  useTableState,
} from '../../components/index.ts';
import type { AnswerOf } from '../../operations/answers.ts';
import { Verifications } from './verifications.tsx';

type Seal = AnswerOf<'/admin/v1/ledger/seals'>['seals'][number];

const COLUMNS: readonly Column<Seal>[] = [
  amountColumn('number', 'Seal', ({ number }) => number),
  timeColumn('sealedAt', 'Sealed', ({ sealedAt }) => sealedAt),
  amountColumn('events', 'Events', ({ events }) => events),
  { id: 'upTo', header: 'Up to event', align: 'right', cell: ({ upTo }) => upTo },
  amountColumn('accounts', 'Accounts', ({ accounts }) => accounts),
  idColumn('digest', 'SHA-256', ({ digest }) => digest),
  idColumn('root', 'Root of events', ({ root }) => root),
  idColumn('previous', 'Seal before', ({ previous }) => previous),
  idColumn('keyId', 'Key', ({ keyId }) => keyId),
];

export function SealsPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['ledger', 'seals'],
    state,
    fetch: (query) => api.GET('/admin/v1/ledger/seals', { params: { query } }),
    sorts: ['-number'],
    rowsOf: ({ seals }) => seals,
  });
  return (
    <>
      <PageHeader
        title="Seals"
        description="Each seal signs all events up to a position and the seal before it: what is sealed cannot be changed without being found. A verification reads everything again and compares."
      />
      <Stack gap="xl">
        <Verifications />
        <section>
          <Title order={2} size="h4" mb="sm">
            Seals
          </Title>
          <DataTable
            caption="Seals of the ledger, newest first"
            columns={COLUMNS}
            rows={rows}
            rowKey={({ number }) => String(number)}
            state={state}
            empty={
              <EmptyState title="Nothing is sealed yet">
                Seals are made as the books grow.
              </EmptyState>
            }
          />
        </section>
      </Stack>
    </>
  );
}

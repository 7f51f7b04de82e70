import { Stack, Title } from '@mantine/core';
import { useOperatorApi } from '../../api/clients.ts';
import {
  type Column,
  CopyableId,
  DataTable,
  EmptyState,
  PageHeader,
  Timestamp,
  Tokens,
  useRows,
  useTableState,
} from '../../components/index.ts';
import type { AnswerOf } from '../../operations/answers.ts';
import { Verifications } from './verifications.tsx';

type Seal = AnswerOf<'/admin/v1/ledger/seals'>['seals'][number];

const COLUMNS: readonly Column<Seal>[] = [
  {
    id: 'number',
    header: 'Seal',
    align: 'right',
    cell: ({ number }) => number,
    sortBy: ({ number }) => number,
  },
  {
    id: 'sealedAt',
    header: 'Sealed',
    cell: ({ sealedAt }) => <Timestamp at={sealedAt} />,
    sortBy: ({ sealedAt }) => sealedAt,
  },
  {
    id: 'events',
    header: 'Events',
    align: 'right',
    cell: ({ events }) => <Tokens value={events} />,
    sortBy: ({ events }) => events,
  },
  { id: 'upTo', header: 'Up to event', align: 'right', cell: ({ upTo }) => upTo },
  {
    id: 'accounts',
    header: 'Accounts',
    align: 'right',
    cell: ({ accounts }) => <Tokens value={accounts} />,
    sortBy: ({ accounts }) => accounts,
  },
  { id: 'digest', header: 'SHA-256', cell: ({ digest }) => <CopyableId id={digest} /> },
  { id: 'root', header: 'Root of events', cell: ({ root }) => <CopyableId id={root} /> },
  { id: 'previous', header: 'Seal before', cell: ({ previous }) => <CopyableId id={previous} /> },
  { id: 'keyId', header: 'Key', cell: ({ keyId }) => <CopyableId id={keyId} /> },
];

export function SealsPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['ledger', 'seals'],
    state,
    fetch: (query) => api.GET('/admin/v1/ledger/seals', { params: { query } }),
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

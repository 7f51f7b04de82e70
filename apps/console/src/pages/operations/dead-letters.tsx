import { useState } from 'react';
import { useOperatorApi } from '../../api/clients.ts';
import {
  amountColumn,
  type Column,
  DataTable,
  EmptyState,
  type Filter,
  idColumn,
  PageHeader,
  proseColumn,
  StatusBadge,
  Tokens,
  textColumn,
  timeColumn,
  useRows,
  useSelection,
  useTableState,
} from '../../components/index.ts';
import {
  type DeadLetter,
  mayBeRedriven,
  type RedriveReport,
} from '../../operations/dead-letters.ts';
import { RedriveChosen, RedriveMany, RedriveOne } from './redrive.tsx';
import { RedriveResult } from './redrive-result.tsx';
import { TraceLink } from './trace-link.tsx';

const COLUMNS: readonly Column<DeadLetter>[] = [
  timeColumn('deadLetteredAt', 'Given up', ({ deadLetteredAt }) => deadLetteredAt),
  { id: 'id', header: 'Generation', cell: ({ id }) => <TraceLink id={id} /> },
  {
    id: 'redrive',
    header: 'Once more',
    cell: (letter) => {
      if (letter.redrivenAs !== null) return <TraceLink id={letter.redrivenAs} />;
      return mayBeRedriven(letter) ? <RedriveOne letter={letter} /> : 'its content is gone';
    },
  },
  idColumn('tenantId', 'Tenant', ({ tenantId }) => tenantId),
  textColumn('model', 'Model', ({ model }) => model),
  {
    id: 'class',
    header: 'Class',
    cell: ({ failureClass }) => <StatusBadge status={failureClass} color="red" />,
    sortBy: ({ failureClass }) => failureClass,
  },
  proseColumn('message', 'Last failure', ({ message }) => message),
  amountColumn('attempts', 'Attempts', ({ attempts }) => attempts),
  {
    id: 'charged',
    header: 'Charged',
    align: 'right',
    cell: ({ charged }) => <Tokens value={charged} />,
  },
];

const FILTERS: readonly Filter[] = [
  { id: 'tenantId', label: 'Tenant', kind: 'text', placeholder: 'Id of a tenant' },
  { id: 'model', label: 'Model', kind: 'text', placeholder: 'Name of a model' },
  {
    id: 'class',
    label: 'Class',
    kind: 'choice',
    options: ['user', 'moderation', 'model', 'timeout', 'infrastructure', 'unknown', 'cancelled'],
  },
  { id: 'since', label: 'Given up since', kind: 'day' },
  {
    id: 'redriven',
    label: 'Done once more',
    kind: 'choice',
    options: [
      { value: 'true', label: 'Yes' },
      { value: 'false', label: 'No' },
    ],
  },
];

export function DeadLettersPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['dead-letters'],
    state,
    fetch: ({ since, ...others }: Readonly<Record<string, string>>) => {
      const query = since === undefined ? others : { ...others, since: `${since}T00:00:00Z` };
      return api.GET('/admin/v1/dead-letters', { params: { query } });
    },
    sorts: ['-deadLetteredAt'],
    rowsOf: ({ deadLetters }) => deadLetters,
    refetchInterval: 15_000,
  });
  const [report, setReport] = useState<RedriveReport | null>(null);
  const shown = rows.data?.rows ?? [];
  const { column, chosen, clear } = useSelection(shown, {
    keyOf: ({ id }) => id,
    mayChoose: mayBeRedriven,
  });
  const tell = (made: RedriveReport) => {
    clear();
    setReport(made);
  };
  return (
    <>
      <PageHeader
        title="Dead letters"
        description="Work that failed for good. What was held for it went back to the tenant; to do it once more is a new request with a hold of its own, at the first price."
      />
      <DataTable
        caption="Work that failed for good"
        columns={[column, ...COLUMNS]}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        filters={FILTERS}
        actions={
          <>
            <RedriveChosen ids={chosen} onDone={tell} />
            <RedriveMany filters={state.filters} />
          </>
        }
        empty={
          <EmptyState title="No dead letter is here">
            Work comes here when no attempt is left, or when it would fail again.
          </EmptyState>
        }
      />
      {report !== null && <RedriveResult report={report} onClose={() => setReport(null)} />}
    </>
  );
}

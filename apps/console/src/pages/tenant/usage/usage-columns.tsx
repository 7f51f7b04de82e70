import { type Column, CopyableId, Tokens } from '../../../components/index.ts';
import { formatShare, formatTokens } from '../../../format/amount.ts';
import { type Grouping, spentOf, subjectOf, type UsageRow } from '../../../usage/grouping.ts';

const HEADERS: Readonly<Record<string, string>> = {
  model: 'Model',
  apiKey: 'Key',
  endUser: 'End user',
  dialect: 'Dialect',
};

const day: Column<UsageRow> = {
  id: 'day',
  header: 'Day',
  cell: (row) => row.day,
  sortBy: (row) => row.day,
};

const subject = (header: string): Column<UsageRow> => ({
  id: 'subject',
  header,
  cell: (row) => (row.apiKeyId ? <CopyableId id={row.apiKeyId} /> : subjectOf(row)),
  sortBy: subjectOf,
});

const count = (id: string, header: string, pick: (row: UsageRow) => number): Column<UsageRow> => ({
  id,
  header,
  align: 'right',
  cell: (row) => formatTokens(pick(row)),
  sortBy: pick,
});

const tokens = (id: string, header: string, pick: (row: UsageRow) => number): Column<UsageRow> => ({
  ...count(id, header, pick),
  cell: (row) => <Tokens value={pick(row)} />,
});

/** Columns of usage that is told by these. */
export function usageColumns(grouping: Grouping): Column<UsageRow>[] {
  const parts = grouping.split(',');
  const named = parts.find((part) => part !== 'day');
  return [
    ...(parts.includes('day') ? [day] : []),
    ...(named === undefined ? [] : [subject(HEADERS[named] ?? named)]),
    count('requests', 'Requests', ({ requests }) => requests),
    count('succeeded', 'Succeeded', ({ succeeded }) => succeeded),
    count('failed', 'Failed', ({ failed }) => failed),
    {
      id: 'rate',
      header: 'Success',
      align: 'right',
      cell: ({ succeeded, failed }) => formatShare(succeeded, succeeded + failed),
      sortBy: ({ succeeded, failed }) => succeeded / Math.max(1, succeeded + failed),
    },
    tokens('refunded', 'Given back', ({ xTokens }) => xTokens.released + xTokens.refunded),
    tokens('spent', 'Spent', spentOf),
  ];
}

import type { components } from '../../api/openapi.ts';
import {
  type Column,
  CopyableId,
  idColumn,
  Money,
  StatusBadge,
  Tokens,
  textColumn,
  timeColumn,
} from '../../components/index.ts';

export type TopUp = components['schemas']['TopUpForOperators'];

/** Columns that every list of top-ups has. */
export const TOP_UP_COLUMNS: readonly Column<TopUp>[] = [
  timeColumn('createdAt', 'Ordered', ({ createdAt }) => createdAt),
  {
    id: 'id',
    header: 'Top-up',
    cell: ({ id }) => <CopyableId id={id} to={`/finance/top-ups/${id}`} />,
  },
  idColumn('tenantId', 'Tenant', ({ tenantId }) => tenantId),
  {
    id: 'status',
    header: 'Status',
    cell: ({ status }) => <StatusBadge status={status} />,
    sortBy: ({ status }) => status,
  },
  textColumn('provider', 'Provider', ({ provider }) => provider),
  {
    id: 'price',
    header: 'Price',
    align: 'right',
    cell: ({ price, currency }) => <Money amount={price} currency={currency} />,
  },
  {
    id: 'received',
    header: 'Received',
    align: 'right',
    cell: ({ received, currency }) => <Money amount={received} currency={currency} />,
  },
];

export const CREDITED_COLUMN: Column<TopUp> = {
  id: 'credited',
  header: 'Credited',
  align: 'right',
  cell: ({ credited }) => <Tokens value={credited} />,
  sortBy: ({ credited }) => credited,
};

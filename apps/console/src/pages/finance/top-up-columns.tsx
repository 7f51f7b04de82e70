import type { components } from '../../api/openapi.ts';
import {
  type Column,
  CopyableId,
  Money,
  StatusBadge,
  Timestamp,
  Tokens,
} from '../../components/index.ts';

export type TopUp = components['schemas']['TopUpForOperators'];

/** Columns that every list of top-ups has. */
export const TOP_UP_COLUMNS: readonly Column<TopUp>[] = [
  {
    id: 'createdAt',
    header: 'Ordered',
    cell: ({ createdAt }) => <Timestamp at={createdAt} />,
    sortBy: ({ createdAt }) => createdAt,
  },
  {
    id: 'id',
    header: 'Top-up',
    cell: ({ id }) => <CopyableId id={id} to={`/finance/top-ups/${id}`} />,
  },
  {
    id: 'tenantId',
    header: 'Tenant',
    cell: ({ tenantId }) => <CopyableId id={tenantId} />,
    sortBy: ({ tenantId }) => tenantId,
  },
  {
    id: 'status',
    header: 'Status',
    cell: ({ status }) => <StatusBadge status={status} />,
    sortBy: ({ status }) => status,
  },
  {
    id: 'provider',
    header: 'Provider',
    cell: ({ provider }) => provider,
    sortBy: ({ provider }) => provider,
  },
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

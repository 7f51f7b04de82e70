import type { components } from '../../../api/openapi.ts';
import {
  type Column,
  CopyableId,
  Money,
  StatusBadge,
  Timestamp,
  Tokens,
} from '../../../components/index.ts';
import { TopUpActions } from './top-up-actions.tsx';

export type TopUp = components['schemas']['TopUp'];

/** Columns of the top-ups of a tenant. */
export const topUpColumns: Column<TopUp>[] = [
  {
    id: 'createdAt',
    header: 'Ordered',
    sortBy: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <Timestamp at={createdAt} />,
  },
  { id: 'id', header: 'Id', cell: ({ id }) => <CopyableId id={id} /> },
  {
    id: 'status',
    header: 'Status',
    sortBy: ({ status }) => status,
    cell: ({ status }) => <StatusBadge status={status} />,
  },
  { id: 'package', header: 'Package', cell: (topUp) => topUp.package ?? 'By hand' },
  { id: 'provider', header: 'Through', cell: ({ provider }) => provider },
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
  {
    id: 'credited',
    header: 'Tokens credited',
    align: 'right',
    sortBy: ({ credited }) => credited,
    cell: ({ credited }) => <Tokens value={credited} />,
  },
  {
    id: 'actions',
    header: 'Actions',
    align: 'right',
    cell: (topUp) => <TopUpActions topUp={topUp} />,
  },
];

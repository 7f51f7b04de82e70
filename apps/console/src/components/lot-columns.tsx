import type { components } from '../api/openapi.ts';
import { Money, Tokens } from './amount.tsx';
import { CopyableId } from './copyable-id.tsx';
import { StatusBadge } from './status-badge.tsx';
import type { Column } from './table/column.ts';
import { Timestamp } from './timestamp.tsx';

export type Lot = components['schemas']['Lots']['lots'][number];

const tokenColumn = (
  id: 'tokens' | 'available' | 'held' | 'captured' | 'refunded',
  header: string,
): Column<Lot> => ({
  id,
  header,
  align: 'right',
  cell: (lot) => <Tokens value={lot[id]} />,
  sortBy: (lot) => BigInt(lot[id]),
});

const moneyColumn = (
  id: 'paidMinorUnits' | 'recognisedMinorUnits',
  header: string,
): Column<Lot> => ({
  id,
  header,
  align: 'right',
  cell: ({ currency, [id]: minorUnits }) =>
    minorUnits === null || currency === null ? '–' : <Money {...{ minorUnits, currency }} />,
});

/** Columns of a list of lots. */
export const lotColumns: readonly Column<Lot>[] = [
  {
    id: 'receivedAt',
    header: 'Received',
    cell: ({ receivedAt }) => <Timestamp at={receivedAt} />,
    sortBy: ({ receivedAt }) => receivedAt,
  },
  {
    id: 'lotId',
    header: 'Lot',
    cell: ({ lotId }) => <CopyableId id={lotId} />,
  },
  {
    id: 'kind',
    header: 'Kind',
    cell: ({ kind }) => (
      <StatusBadge status={kind} color={kind === 'purchased' ? 'blue' : 'grape'} />
    ),
    sortBy: ({ kind }) => kind,
  },
  tokenColumn('tokens', 'Tokens'),
  tokenColumn('available', 'Available'),
  tokenColumn('held', 'Held'),
  tokenColumn('captured', 'Captured'),
  tokenColumn('refunded', 'Given back'),
  moneyColumn('paidMinorUnits', 'Paid'),
  moneyColumn('recognisedMinorUnits', 'Earned'),
  { id: 'expiresAt', header: 'Expires', cell: ({ expiresAt }) => <Timestamp at={expiresAt} /> },
];

import { type Column, idColumn, Money, Tokens } from '../../components/index.ts';
import type { RevenueRow } from '../../finance/revenue.ts';

const PARTS = [
  ['opening', 'Deferred before'],
  ['purchased', 'Purchased'],
  ['recognised', 'Earned'],
  ['refunded', 'Given back'],
  ['chargedBack', 'Charged back'],
  ['repaid', 'Repaid'],
  ['breakage', 'Expired'],
  ['closing', 'Deferred after'],
] as const;

/** Grants have no money: their tokens stand in its place. */
function partColumn(id: (typeof PARTS)[number][0], header: string): Column<RevenueRow> {
  return {
    id,
    header,
    align: 'right',
    cell: ({ currency, [id]: { tokens, minorUnits } }) =>
      currency === null || minorUnits === null ? (
        <Tokens value={tokens} />
      ) : (
        <Money minorUnits={minorUnits} currency={currency} />
      ),
    sortBy: ({ [id]: { tokens, minorUnits } }) => BigInt(minorUnits ?? tokens),
  };
}

export const REVENUE_COLUMNS: readonly Column<RevenueRow>[] = [
  idColumn('tenantId', 'Tenant', ({ tenantId }) => tenantId),
  {
    id: 'currency',
    header: 'In',
    cell: ({ currency }) => currency ?? 'granted tokens',
    sortBy: ({ currency }) => currency,
  },
  ...PARTS.map(([id, header]) => partColumn(id, header)),
];

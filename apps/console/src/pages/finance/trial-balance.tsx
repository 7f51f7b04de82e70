import { SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerOf, OPERATOR_BASE, useOperatorApi } from '../../api/clients.ts';
import type { components } from '../../api/openapi.ts';
import {
  amountColumn,
  type Column,
  DataTable,
  DownloadLink,
  EmptyState,
  Money,
  PageHeader,
  PageLink,
  QueryView,
  StatTile,
  StatusBadge,
  Tokens,
  useTableState,
} from '../../components/index.ts';
import { booksQuery } from '../../finance/books-query.ts';
import { inCurrency, isBalanced } from '../../finance/sums.ts';
import { CLOCK_FILTERS, TENANT_FILTER } from './filters.ts';

type TrialBalance = components['schemas']['TrialBalance'];
type AccountClass = TrialBalance['classes'][number];

function moneyColumn(currency: string): Column<AccountClass> {
  return {
    id: currency,
    header: currency,
    align: 'right',
    cell: ({ money }) => {
      const minorUnits = inCurrency(money, currency);
      return minorUnits === null ? '' : <Money minorUnits={minorUnits} currency={currency} />;
    },
  };
}

function columnsOf(balance: TrialBalance | undefined): Column<AccountClass>[] {
  return [
    {
      id: 'class',
      header: 'Class',
      cell: ({ accountClass }) => (
        <PageLink to="/finance/accounts" search={{ accountClass }}>
          {accountClass}
        </PageLink>
      ),
      sortBy: ({ accountClass }) => accountClass,
    },
    amountColumn('accounts', 'Accounts', ({ accounts }) => accounts),
    amountColumn('tokens', 'Tokens', ({ tokens }) => tokens),
    ...(balance?.totalMoney ?? []).map(({ currency }) => moneyColumn(currency)),
  ];
}

/** That all accounts sum to zero, or by how much they do not. */
function Totals({ balance }: { balance: TrialBalance }) {
  const ties = isBalanced(balance);
  const color = ties ? undefined : 'red';
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} mb="lg">
      <StatTile
        label="All accounts together"
        value={<StatusBadge status={ties ? 'balanced' : 'broken'} />}
        hint={
          ties
            ? `${balance.entries} entries of ${balance.tenants} tenants sum to zero.`
            : 'A sum is not zero: look at the findings.'
        }
      />
      <StatTile label="Sum in tokens" value={<Tokens value={balance.total} />} color={color} />
      {balance.totalMoney.map(({ currency, minorUnits }) => (
        <StatTile
          key={currency}
          label={`Sum in ${currency}`}
          value={<Money minorUnits={minorUnits} currency={currency} />}
          color={color}
        />
      ))}
    </SimpleGrid>
  );
}

export function TrialBalancePage() {
  const api = useOperatorApi();
  const state = useTableState();
  const query = booksQuery(state.filters);
  const balance = useQuery({
    queryKey: ['trial-balance', query],
    queryFn: () => answerOf(api.GET('/admin/v1/ledger/trial-balance', { params: { query } })),
  });
  const { data, error, isFetching, refetch } = balance;
  const path = `${OPERATOR_BASE}/admin/v1/ledger/trial-balance`;
  return (
    <>
      <PageHeader
        title="Trial balance"
        description="Sums of all accounts by class. A debit is positive, a credit negative: what is owed or was earned reads negative."
        actions={
          <DownloadLink path={path} query={{ ...query, format: 'csv' }}>
            CSV
          </DownloadLink>
        }
      />
      {error === null && (
        <QueryView query={balance}>{(found) => <Totals balance={found} />}</QueryView>
      )}
      <DataTable
        caption="Sums of accounts by class"
        columns={columnsOf(data)}
        rows={{ data: data && { rows: data.classes }, error, isFetching, refetch }}
        rowKey={({ accountClass }) => accountClass}
        state={state}
        filters={[TENANT_FILTER, ...CLOCK_FILTERS]}
        empty={<EmptyState title="No accounts">Books begin with the first tenant.</EmptyState>}
      />
    </>
  );
}

import { useOperatorApi } from '../../api/clients.ts';
import type { components } from '../../api/openapi.ts';
import {
  amountColumn,
  type Column,
  DataTable,
  EmptyState,
  idColumn,
  Money,
  PageHeader,
  PageLink,
  textColumn,
  useRows,
  useTableState,
} from '../../components/index.ts';
import { shortAccount } from '../../finance/account-name.ts';
import { booksQuery } from '../../finance/books-query.ts';
import { CLASS_FILTER, CLOCK_FILTERS, TENANT_FILTER } from './filters.ts';

type Balance = components['schemas']['BalancePage']['balances'][number];

const COLUMNS: readonly Column<Balance>[] = [
  {
    id: 'account',
    header: 'Account',
    cell: ({ account, tenantId }) => (
      <PageLink to="/finance/entries" search={{ tenantId, account }}>
        <span title={account}>{shortAccount(account)}</span>
      </PageLink>
    ),
    sortBy: ({ account }) => account,
  },
  idColumn('tenantId', 'Tenant', ({ tenantId }) => tenantId),
  textColumn('accountClass', 'Class', ({ accountClass }) => accountClass),
  amountColumn('tokens', 'Tokens', ({ tokens }) => tokens),
  {
    id: 'money',
    header: 'Worth',
    align: 'right',
    cell: ({ money }) => (money ? <Money {...money} /> : '–'),
  },
];

export function AccountsPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['ledger', 'balances'],
    state,
    fetch: (query) =>
      api.GET('/admin/v1/ledger/balances', { params: { query: booksQuery(query) } }),
    rowsOf: ({ balances }) => balances,
  });
  return (
    <>
      <PageHeader
        title="Accounts"
        description="Every account of the books with its balance: a debit is positive, a credit negative."
      />
      <DataTable
        caption="Accounts and their balances"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ tenantId, account, money }) => `${tenantId} ${account} ${money?.currency}`}
        state={state}
        filters={[
          TENANT_FILTER,
          CLASS_FILTER,
          { id: 'account', label: 'Account', kind: 'text', placeholder: 'Its whole name' },
          ...CLOCK_FILTERS,
        ]}
        empty={
          <EmptyState title="No account fits">
            Clear a filter, or choose a later day. Accounts appear with the first tokens of a
            tenant.
          </EmptyState>
        }
      />
    </>
  );
}

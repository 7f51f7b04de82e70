import { useQuery } from '@tanstack/react-query';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import { DataTable, EmptyState, PageHeader, useTableState } from '../../../components/index.ts';
import { lotColumns } from '../../../components/lot-columns.tsx';
import { useTenantId } from '../../../session/use-tenant.ts';

/** What was bought or granted, and where its tokens are. */
export function LotsPage() {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const query = useQuery({
    queryKey: ['lots', tenantId],
    queryFn: async () => ({ rows: (await answerOf(api.GET('/v1/ledger/lots'))).lots }),
  });
  return (
    <>
      <PageHeader
        title="Lots"
        parent={{ label: 'Statements', to: `/t/${tenantId}/statements` }}
        description="Each top-up and each grant is a lot. Promotional ones are spent first, the soonest to expire before the others; a refund goes back to the lot that paid."
      />
      <DataTable
        caption="Lots"
        columns={lotColumns}
        rows={query}
        rowKey={({ lotId }) => lotId}
        state={useTableState()}
        empty={<EmptyState title="No lot yet">Top up the account to get the first one.</EmptyState>}
      />
    </>
  );
}

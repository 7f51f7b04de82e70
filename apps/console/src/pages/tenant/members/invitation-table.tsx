import { useTenantApi } from '../../../api/clients.ts';
import {
  type Column,
  DataTable,
  EmptyState,
  ReasonAction,
  Timestamp,
  useRows,
  useTableState,
} from '../../../components/index.ts';
import { useTenantId } from '../../../session/use-tenant.ts';

interface Invitation {
  readonly id: string;
  readonly email: string | null;
  readonly role: string;
  readonly expiresAt: string;
}

function WithdrawButton({ invitation }: { invitation: Invitation }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const { id, email } = invitation;
  return (
    <ReasonAction
      label="Withdraw"
      title={`Withdraw the invitation of ${email ?? id}`}
      explains="Its link no longer works."
      danger
      command={{
        run: (reason: string) =>
          api.POST('/v1/members/invitations/{invitationId}/withdraw', {
            params: { path: { invitationId: id } },
            body: { reason },
          }),
        done: 'The invitation is withdrawn.',
        touches: [['members', tenantId]],
      }}
    />
  );
}

const COLUMNS: Column<Invitation>[] = [
  { id: 'email', header: 'E-mail', cell: ({ email }) => email ?? 'The link is gone' },
  { id: 'role', header: 'Role', cell: ({ role }) => role },
  { id: 'expires', header: 'Works until', cell: ({ expiresAt }) => <Timestamp at={expiresAt} /> },
];

const ACTIONS: Column<Invitation> = {
  id: 'actions',
  header: 'Actions',
  align: 'right',
  cell: (invitation) => <WithdrawButton invitation={invitation} />,
};

/** Invitations that can still be accepted. */
export function InvitationTable({ mayChange }: { mayChange: boolean }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['members', tenantId, 'invitations'],
    state,
    fetch: () => api.GET('/v1/members/invitations'),
    rowsOf: ({ invitations }) => invitations,
  });
  return (
    <DataTable
      caption="Open invitations"
      columns={mayChange ? [...COLUMNS, ACTIONS] : COLUMNS}
      rows={rows}
      rowKey={({ id }) => id}
      state={state}
      empty={<EmptyState title="No open invitation" />}
    />
  );
}

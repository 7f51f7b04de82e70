import { Group, Select } from '@mantine/core';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import { useCommand } from '../../../api/use-command.ts';
import {
  type Column,
  CopyableId,
  DataTable,
  EmptyState,
  ErrorNotice,
  ReasonAction,
  useRows,
  useTableState,
} from '../../../components/index.ts';
import { sessionQuery, type TenantRole } from '../../../session/session.ts';
import { useSignedIn } from '../../../session/use-session.ts';
import { useTenantId } from '../../../session/use-tenant.ts';
import { ROLES } from './roles.ts';

interface Member {
  readonly userId: string;
  readonly email: string | null;
  readonly role: TenantRole;
}

function RoleChoice({ member }: { member: Member }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const { userId, email, role } = member;
  const change = useCommand({
    run: (chosen: TenantRole) =>
      api.PUT('/v1/members/{userId}', { params: { path: { userId } }, body: { role: chosen } }),
    done: 'The role is changed.',
    touches: [['members', tenantId], sessionQuery.queryKey],
  });
  return (
    <>
      <Select
        aria-label={`Role of ${email ?? userId}`}
        size="xs"
        maw={150}
        data={Object.keys(ROLES)}
        allowDeselect={false}
        disabled={change.isPending}
        value={role}
        onChange={(chosen) => chosen !== null && change.mutate(chosen as TenantRole)}
      />
      <ErrorNotice error={change.error} mt="xs" />
    </>
  );
}

function RemoveButton({ member }: { member: Member }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const { userId, email } = member;
  return (
    <ReasonAction
      label="Remove"
      title={`Remove ${email ?? userId}`}
      explains="They no longer see this tenant. Keys they have issued go on working: revoke those apart."
      danger
      command={{
        run: (reason: string) =>
          answerOf(
            api.POST('/v1/members/{userId}/remove', {
              params: { path: { userId } },
              body: { reason },
            }),
          ),
        done: 'The member is removed.',
        touches: [['members', tenantId], sessionQuery.queryKey],
      }}
    />
  );
}

const columnsFor = (mayChange: boolean, ownId: string): Column<Member>[] => [
  {
    id: 'email',
    header: 'E-mail',
    sortBy: ({ email }) => email,
    cell: ({ email, userId }) => (userId === ownId ? `${email} (you)` : (email ?? '–')),
  },
  { id: 'user', header: 'Id', cell: ({ userId }) => <CopyableId id={userId} /> },
  {
    id: 'role',
    header: 'Role',
    sortBy: ({ role }) => role,
    cell: (member) => (mayChange ? <RoleChoice member={member} /> : member.role),
  },
  { id: 'may', header: 'May', cell: ({ role }) => ROLES[role] },
  ...(mayChange
    ? [
        {
          id: 'actions',
          header: 'Actions',
          align: 'right' as const,
          cell: (member: Member) => (
            <Group justify="flex-end">
              <RemoveButton member={member} />
            </Group>
          ),
        },
      ]
    : []),
];

/** Who acts for the tenant. */
export function MemberTable({ mayChange }: { mayChange: boolean }) {
  const tenantId = useTenantId();
  const { user } = useSignedIn();
  const api = useTenantApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['members', tenantId, 'members'],
    state,
    fetch: () => api.GET('/v1/members'),
    rowsOf: ({ members }) => members,
  });
  return (
    <DataTable
      caption="Members"
      columns={columnsFor(mayChange, user.id)}
      rows={rows}
      rowKey={({ userId }) => userId}
      state={state}
      empty={<EmptyState title="No member">Invite somebody.</EmptyState>}
    />
  );
}

import { Group, Stack, Text } from '@mantine/core';
import { useOperatorApi } from '../../api/clients.ts';
import {
  type Column,
  CopyableId,
  DataTable,
  EmptyState,
  PageHeader,
  StatusBadge,
  timeColumn,
  useRows,
  useTableState,
} from '../../components/index.ts';
import { InviteOperator } from './invite-operator.tsx';
import { type User, UserActions } from './user-actions.tsx';

const COLUMNS: readonly Column<User>[] = [
  {
    id: 'email',
    header: 'User',
    cell: ({ email, userId }) => (
      <Stack gap={0} miw={200} align="flex-start">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {email}
        </Text>
        <CopyableId id={userId} />
      </Stack>
    ),
    sortBy: ({ email }) => email,
  },
  {
    id: 'roles',
    header: 'Operator',
    cell: ({ operatorRoles }) =>
      operatorRoles.length === 0 ? (
        'no'
      ) : (
        <Group gap={4}>
          {operatorRoles.map((role) => (
            <StatusBadge key={role} status={role} color="blue" />
          ))}
        </Group>
      ),
  },
  {
    id: 'memberships',
    header: 'Tenants',
    cell: ({ memberships }) => (
      <Text size="sm">
        {memberships.map(({ tenantId, role }) => `${tenantId} (${role})`).join(', ') || 'none'}
      </Text>
    ),
  },
  {
    id: 'secondFactor',
    header: 'Second factor',
    cell: ({ secondFactor }) => (secondFactor ? 'yes' : 'no'),
    sortBy: ({ secondFactor }) => Number(secondFactor),
  },
  {
    id: 'status',
    header: 'Status',
    cell: ({ disabled }) => <StatusBadge status={disabled ? 'disabled' : 'active'} />,
    sortBy: ({ disabled }) => Number(disabled),
  },
  timeColumn('createdAt', 'Since', ({ createdAt }) => createdAt),
  { id: 'actions', header: 'Actions', cell: (user) => <UserActions user={user} /> },
];

export function UsersPage() {
  const api = useOperatorApi();
  const state = useTableState();
  const rows = useRows({
    queryKey: ['users'],
    state,
    fetch: (query) => api.GET('/admin/v1/users', { params: { query } }),
    rowsOf: ({ users }) => users,
  });
  return (
    <>
      <PageHeader
        title="Users"
        description="People who can sign in here, and what they may do as operators. Roles in a tenant are given by its owners."
        actions={<InviteOperator />}
      />
      <DataTable
        caption="Users of the console"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ userId }) => userId}
        state={state}
        empty={<EmptyState title="No users">Invite the first operator above.</EmptyState>}
      />
    </>
  );
}

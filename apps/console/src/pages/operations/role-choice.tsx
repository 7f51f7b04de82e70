import { Checkbox, Stack } from '@mantine/core';
import type { OperatorRole } from '../../session/session.ts';

const ROLES: readonly { value: OperatorRole; label: string; description: string }[] = [
  { value: 'owner', label: 'Owner', description: 'All of it, and who else is an operator.' },
  { value: 'finance', label: 'Finance', description: 'Books, payments, credits by hand.' },
  { value: 'operations', label: 'Operations', description: 'Workers, queues, events, tenants.' },
  { value: 'moderation', label: 'Moderation', description: 'Cases, blocks, takedowns.' },
];

interface RoleChoiceProps {
  readonly value: readonly OperatorRole[];
  readonly onChange: (roles: OperatorRole[]) => void;
}

/** Roles of an operator; none of them is no operator. */
export function RoleChoice({ value, onChange }: RoleChoiceProps) {
  return (
    <Checkbox.Group
      label="Roles"
      value={[...value]}
      onChange={(roles) => onChange(roles as OperatorRole[])}
    >
      <Stack gap="xs" mt="xs">
        {ROLES.map((role) => (
          <Checkbox key={role.value} {...role} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

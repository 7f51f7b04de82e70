import { Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { SignedIn } from '../session/session.ts';

interface TenantSwitcherProps {
  readonly session: SignedIn;
  readonly tenantId: string | undefined;
}

/** Goes to the home of another tenant. Absent when there is none to switch to. */
export function TenantSwitcher({ session, tenantId }: TenantSwitcherProps) {
  const navigate = useNavigate();
  const { memberships } = session;
  if (memberships.length === 0) return null;
  return (
    <Select
      aria-label="Tenant"
      placeholder="Choose a tenant"
      size="xs"
      w={{ base: 130, xs: 200 }}
      allowDeselect={false}
      searchable={memberships.length > 8}
      data={memberships.map((each) => ({ value: each.tenantId, label: each.name }))}
      value={tenantId ?? null}
      onChange={(chosen) =>
        chosen !== null && navigate({ to: '/t/$tenantId', params: { tenantId: chosen } })
      }
    />
  );
}

import { Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { CopyableId, PageHeader } from '../../components/index.ts';
import { operates } from '../../session/session.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { FreezeActions } from './freeze-actions.tsx';
import { GrantTokens } from './grant-tokens.tsx';
import { TenantKeys } from './tenant-keys.tsx';
import { TenantLimits } from './tenant-limits.tsx';

export function TenantPage() {
  const { tenant: tenantId = '' } = useParams({ strict: false });
  const isFinance = operates(useSignedIn(), 'finance');
  return (
    <>
      <PageHeader
        title="Tenant"
        parent={{ label: 'Tenants', to: '/operations/tenants' }}
        aside={<CopyableId id={tenantId} whole />}
        actions={
          <>
            {isFinance && <GrantTokens tenantId={tenantId} />}
            <FreezeActions tenantId={tenantId} />
          </>
        }
      />
      <Stack gap="xl">
        <TenantLimits tenantId={tenantId} />
        <TenantKeys tenantId={tenantId} />
      </Stack>
    </>
  );
}

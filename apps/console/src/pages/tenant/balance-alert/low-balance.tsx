import { Alert, Text } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { useBalanceAlert } from '../../../api/balance-alert.ts';
import { useBalance } from '../../../api/tenant-queries.ts';
import { PageLink, Tokens } from '../../../components/index.ts';
import { useTenantId } from '../../../session/use-tenant.ts';

/** Says that the balance is below the threshold of the alert, and where to go. */
export function LowBalance() {
  const tenantId = useTenantId();
  const { data: balance } = useBalance();
  const alert = useBalanceAlert().data?.alert;
  if (balance === undefined || !alert || balance.available >= alert.threshold) return null;
  return (
    <Alert color="orange" icon={<IconBellRinging aria-hidden />} title="The balance is low">
      <Text size="sm">
        <Tokens value={balance.available} span inherit /> tokens are left, fewer than the{' '}
        <Tokens value={alert.threshold} span inherit /> of the{' '}
        <PageLink c="inherit" to="/t/$tenantId/balance-alert" params={{ tenantId }}>
          balance alert
        </PageLink>
        .{' '}
        <PageLink c="inherit" to="/t/$tenantId/top-ups" params={{ tenantId }}>
          Top up the account
        </PageLink>
      </Text>
    </Alert>
  );
}

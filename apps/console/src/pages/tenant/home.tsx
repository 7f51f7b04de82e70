import { Alert, Anchor, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useLiveTenant } from '../../api/live-tenant.ts';
import { useBalance } from '../../api/tenant-queries.ts';
import { CopyableId, PageHeader } from '../../components/index.ts';
import { useHasRole, useMembership, useTenantId } from '../../session/use-tenant.ts';
import { LowBalance } from './balance-alert/low-balance.tsx';
import { BalanceTiles } from './home/balance-tiles.tsx';
import { RecentDays } from './home/recent-days.tsx';
import { RunningNow } from './home/running-now.tsx';

/** Leads who has no tokens to where they are bought. */
function FirstSteps() {
  const tenantId = useTenantId();
  const { data: balance } = useBalance();
  const mayPay = useHasRole('finance');
  if (balance === undefined || balance.available + balance.held > 0) return null;
  return (
    <Alert color="indigo" title="Begin with tokens">
      {mayPay ? (
        <Anchor component={Link} to={`/t/${tenantId}/top-ups` as '/'} inherit>
          Top up the account
        </Anchor>
      ) : (
        'Ask the owner of this tenant to top up the account'
      )}
      , then issue a key or try a prompt in the playground.
    </Alert>
  );
}

/** How the tenant stands: balance, the last thirty days, what runs. */
export function HomePage() {
  const { name, role, tenantId } = useMembership();
  const seesSpend = useHasRole('developer', 'finance');
  const seesWork = useHasRole('developer', 'viewer');
  useLiveTenant(seesWork);
  return (
    <>
      <PageHeader
        title={name}
        aside={<CopyableId id={tenantId} whole />}
        description={`You are ${role} of this tenant.`}
      />
      <Stack>
        <FirstSteps />
        <LowBalance />
        <BalanceTiles />
        {seesSpend && <RecentDays />}
        {seesWork && <RunningNow />}
      </Stack>
    </>
  );
}

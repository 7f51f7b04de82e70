import { Alert, SimpleGrid } from '@mantine/core';
import { IconSnowflake } from '@tabler/icons-react';
import { useBalanceAlert } from '../../../api/balance-alert.ts';
import { useBalance } from '../../../api/tenant-queries.ts';
import { PageLink, QueryView, StatTile, Tokens } from '../../../components/index.ts';
import { formatTokens } from '../../../format/amount.ts';
import { useTenantId } from '../../../session/use-tenant.ts';

function AlertLink() {
  const tenantId = useTenantId();
  const { data } = useBalanceAlert();
  const text = data?.alert ? `alert below ${formatTokens(data.alert.threshold)}` : 'set an alert';
  return (
    <PageLink size="xs" to="/t/$tenantId/balance-alert" params={{ tenantId }}>
      {text}
    </PageLink>
  );
}

/** Tokens of the account: to spend, held, and the part that was a gift. */
export function BalanceTiles() {
  return (
    <QueryView query={useBalance()}>
      {({ available, held, purchased, promotional, frozen }) => (
        <>
          {frozen && (
            <Alert
              color="yellow"
              icon={<IconSnowflake aria-hidden />}
              title="The account is frozen"
            >
              It accepts no request until the operator unfreezes it. What runs goes on.
            </Alert>
          )}
          <SimpleGrid cols={{ base: 2, md: 4 }}>
            <StatTile
              label="Available"
              value={<Tokens value={available} />}
              hint={
                <>
                  tokens to spend, <AlertLink />
                </>
              }
            />
            <StatTile label="Held" value={<Tokens value={held} />} hint="for work under way" />
            <StatTile label="Bought" value={<Tokens value={purchased} />} hint="never expire" />
            <StatTile
              label="Promotional"
              value={<Tokens value={promotional} />}
              hint="spent first"
            />
          </SimpleGrid>
        </>
      )}
    </QueryView>
  );
}

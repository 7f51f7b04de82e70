import { Alert, SimpleGrid, Stack } from '@mantine/core';
import { IconSnowflake } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  CopyableId,
  PageHeader,
  QueryView,
  StatTile,
  StatusBadge,
  Timestamp,
  Tokens,
} from '../../components/index.ts';
import type { AnswerOf } from '../../operations/answers.ts';
import { operates } from '../../session/session.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { FreezeAction } from './freeze-action.tsx';
import { GrantTokens } from './grant-tokens.tsx';
import { TenantKeys } from './tenant-keys.tsx';
import { TenantLimits } from './tenant-limits.tsx';

type Tenant = AnswerOf<'/admin/v1/tenants/{tenantId}'>;

function Frozen({ tenant: { frozenReason, frozenSince } }: { tenant: Tenant }) {
  if (frozenReason === null) return null;
  return (
    <Alert color="yellow" icon={<IconSnowflake size={18} aria-hidden />} title="Frozen">
      Since <Timestamp at={frozenSince} span />: {frozenReason}
    </Alert>
  );
}

function Figures({ tenant: { balance, keys, lastActivityAt } }: { tenant: Tenant }) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
      <StatTile
        label="Available"
        value={<Tokens value={balance.available} />}
        hint={
          <>
            <Tokens value={balance.purchased} /> bought, <Tokens value={balance.promotional} />{' '}
            granted
          </>
        }
      />
      <StatTile label="Held" value={<Tokens value={balance.held} />} hint="for work under way" />
      <StatTile label="Keys in use" value={keys.active} hint={`of ${keys.total}`} />
      <StatTile label="Asked last" value={<Timestamp at={lastActivityAt} fz="md" />} />
    </SimpleGrid>
  );
}

export function TenantPage() {
  const api = useOperatorApi();
  const { tenant: tenantId = '' } = useParams({ strict: false });
  const isFinance = operates(useSignedIn(), 'finance');
  const tenant = useQuery({
    queryKey: ['tenants', tenantId, 'details'],
    queryFn: () =>
      answerOf(api.GET('/admin/v1/tenants/{tenantId}', { params: { path: { tenantId } } })),
  });
  const { data } = tenant;
  return (
    <>
      <PageHeader
        title={data?.name ?? 'Tenant'}
        parent={{ label: 'Tenants', to: '/operations/tenants' }}
        aside={
          <>
            {data && <StatusBadge status={data.state} />}
            <CopyableId id={tenantId} whole />
          </>
        }
        actions={
          data && (
            <>
              {isFinance && <GrantTokens tenantId={tenantId} />}
              <FreezeAction tenantId={tenantId} isFrozen={data.state === 'frozen'} />
            </>
          )
        }
      />
      <QueryView query={tenant}>
        {(found) => (
          <Stack gap="xl">
            <Frozen tenant={found} />
            <Figures tenant={found} />
            <TenantLimits tenantId={tenantId} />
            <TenantKeys tenantId={tenantId} />
          </Stack>
        )}
      </QueryView>
    </>
  );
}

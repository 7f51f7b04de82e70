import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import {
  DescriptionList,
  PageHeader,
  QueryView,
  StatusBadge,
  Timestamp,
} from '../../components/index.ts';
import { formatTokens } from '../../format/amount.ts';
import type { RebuildState } from '../../operations/rebuild.ts';
import { DifferenceView } from './difference-view.tsx';
import { ProjectionActions } from './projection-actions.tsx';
import { RebuildProgress } from './rebuild-progress.tsx';

const PHASES = {
  filling: 'Tables beside the live ones are being filled.',
  ready: 'Tables beside the live ones are ready: compare them, then switch.',
  replaced: 'The tables that the last switch replaced are kept, to be put back.',
} as const;

function Beside({ beside }: Pick<RebuildState, 'beside'>) {
  if (beside === null) return <Text>Nothing is beside the live tables.</Text>;
  const { phase, events, position, startedAt, changedAt } = beside;
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <StatusBadge status={phase} color={phase === 'ready' ? 'green' : 'blue'} />
        <Text size="sm">{PHASES[phase]}</Text>
      </Group>
      <DescriptionList
        items={[
          ['Begun', <Timestamp key="begun" at={startedAt} />],
          ['Changed', <Timestamp key="changed" at={changedAt} />],
          ['Made of', `${formatTokens(events)} events, up to ${position}`],
        ]}
      />
    </Stack>
  );
}

export function ProjectionPage() {
  const api = useOperatorApi();
  const { projection = '' } = useParams({ strict: false });
  const state = useQuery({
    queryKey: ['projections', projection],
    queryFn: () => {
      const params = { path: { projection } };
      return answerOf(api.GET('/admin/v1/projections/{projection}/rebuild', { params }));
    },
    refetchInterval: 1_500,
  });
  return (
    <>
      <PageHeader
        title={projection}
        parent={{ label: 'Projections', to: '/operations/projections' }}
        description="A rebuild reads the store from its first event into tables beside the live ones. Readers notice nothing until the switch, which takes milliseconds and can be taken back."
        actions={state.data && <ProjectionActions state={state.data} />}
      />
      <QueryView query={state}>
        {(found) => (
          <Stack gap="xl">
            <Beside beside={found.beside} />
            {found.rebuild && <RebuildProgress rebuild={found.rebuild} />}
            {found.diff && <DifferenceView run={found.diff} />}
          </Stack>
        )}
      </QueryView>
    </>
  );
}

import { Alert, Grid, Stack, Text } from '@mantine/core';
import { IconClock, IconMoodSad } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useReducer } from 'react';
import {
  CopyableId,
  DescriptionList,
  JsonView,
  PageHeader,
  QueryView,
  Section,
  StatusBadge,
  Timestamp,
  Tokens,
} from '../../../components/index.ts';
import { type Generation, isUnderWay } from '../../../generations/generation.ts';
import { useGeneration } from '../../../generations/use-generation.ts';
import { advanced, nothingYet, type Progress } from '../../../playground/progress.ts';
import { useTenantId } from '../../../session/use-tenant.ts';
import { RunProgress } from '../../playground/run-progress.tsx';
import { GenerationActions } from './actions.tsx';
import { CostSection } from './cost.tsx';
import { Deliveries } from './deliveries.tsx';
import { EventTimeline } from './event-timeline.tsx';
import { Outputs } from './outputs.tsx';

type Props = { readonly generation: Generation };

/** Why it waits, or why it failed. */
function Standing({ generation: { error, waiting, queue } }: Props) {
  if (error) {
    return (
      <Alert color="red" title={error.code} icon={<IconMoodSad size={18} aria-hidden />}>
        {error.message}
        {error.retryable ? ' Asking again may help.' : ' The same request will fail again.'}
      </Alert>
    );
  }
  if (!waiting) return null;
  return (
    <Alert color="blue" title="Waiting" icon={<IconClock size={18} aria-hidden />}>
      {waiting.message}
      {queue && (
        <Text size="sm">
          Place {queue.position} in line
          {queue.estimatedStart && (
            <>
              , to begin about <Timestamp at={queue.estimatedStart} span />
            </>
          )}
          .
        </Text>
      )}
    </Alert>
  );
}

function Summary({ generation }: Props) {
  const tenantId = useTenantId();
  const { model, prompt, endUserEmail, createdAt, finishedAt, cost, redriveOf } = generation;
  return (
    <Section title="Request">
      <Stack>
        <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{prompt || '–'}</Text>
        <DescriptionList
          items={[
            ['Model', model],
            ['End user', endUserEmail],
            ['Tokens', <Tokens key="cost" value={cost.xTokens - cost.refunded} />],
            ['Refunded', <Tokens key="refunded" value={cost.refunded} />],
            ['Requested', <Timestamp key="from" at={createdAt} />],
            ['Ended', <Timestamp key="to" at={finishedAt} />],
            ...(redriveOf
              ? ([
                  [
                    'Does once more',
                    <CopyableId
                      key="of"
                      id={redriveOf}
                      to={`/t/${tenantId}/generations/${redriveOf}`}
                    />,
                  ],
                ] as const)
              : []),
          ]}
        />
        <details>
          <Text component="summary" size="sm" style={{ cursor: 'pointer' }}>
            With every default filled in
          </Text>
          <JsonView value={generation.input} label="the request" />
        </details>
      </Stack>
    </Section>
  );
}

function Loaded({ generation, progress }: Props & { readonly progress: Progress }) {
  const { requestId, status } = generation;
  const isMade = isUnderWay(status) && progress.phase === 'processing';
  return (
    <Stack>
      <Standing generation={generation} />
      <Grid>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack>
            <Section title="Output">
              {isMade ? <RunProgress progress={progress} /> : <Outputs generation={generation} />}
            </Section>
            <Summary generation={generation} />
            <CostSection id={requestId} />
            <Deliveries id={requestId} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <EventTimeline id={requestId} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Followed({ id }: { id: string }) {
  const tenantId = useTenantId();
  const [progress, tell] = useReducer(advanced, nothingYet);
  const query = useGeneration(id, true, tell);
  const { data } = query;
  return (
    <>
      <PageHeader
        title="Generation"
        parent={{ label: 'Generations', to: `/t/${tenantId}/generations` }}
        aside={data && <StatusBadge status={data.status} />}
        description={<CopyableId id={id} whole />}
        actions={data && <GenerationActions generation={data} />}
      />
      <QueryView query={query}>
        {(generation) => <Loaded generation={generation} progress={progress} />}
      </QueryView>
    </>
  );
}

/** One request: what it makes, what happened to it, what it cost and who was told. */
export function GenerationPage() {
  const { generationId = '' } = useParams({ strict: false });
  return <Followed key={generationId} id={generationId} />;
}

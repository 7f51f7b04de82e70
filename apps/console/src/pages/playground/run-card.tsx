import { Alert, Badge, Button, Group, Loader, Paper, Stack, Text } from '@mantine/core';
import { IconAdjustments, IconRepeat } from '@tabler/icons-react';
import { CopyableId, ErrorNotice, StatusBadge, Tokens } from '../../components/index.ts';
import { dialects } from '../../playground/dialects.ts';
import { generationIdOf } from '../../playground/generation-id.ts';
import type { Progress } from '../../playground/progress.ts';
import type { Run } from '../../playground/run.ts';
import { useProgress } from '../../playground/use-progress.ts';
import { useTenantId } from '../../session/use-tenant.ts';
import { Outputs } from '../tenant/generations/outputs.tsx';
import { ExchangeView } from './exchange-view.tsx';
import { RunProgress } from './run-progress.tsx';

interface RunCardProps {
  readonly run: Run;
  readonly onAgain: (run: Run) => void;
  readonly onRemix: (run: Run) => void;
}

function Outcome({ run, progress }: { run: Run; progress: Progress }) {
  const { answer, failure } = run;
  if (failure !== null) return <ErrorNotice error={failure} />;
  if (answer === null) {
    const waits = !dialects[run.asked.dialect].answersAtOnce;
    return (
      <Group gap="xs">
        <Loader size="xs" />
        <Text size="sm">
          {waits ? 'This dialect answers when the work is done.' : 'Waiting for the answer.'}
        </Text>
      </Group>
    );
  }
  if (answer.error !== null) return <ErrorNotice error={answer.error} />;
  if (progress.record === null) return <RunProgress progress={progress} />;
  const { error } = progress.record;
  if (error) {
    return (
      <Alert color="red" title={error.code}>
        {error.message}
      </Alert>
    );
  }
  return <Outputs generation={progress.record} />;
}

function Head({ run, progress, id }: { run: Run; progress: Progress; id: string | undefined }) {
  const tenantId = useTenantId();
  const { record } = progress;
  return (
    <Group gap="xs">
      {record !== null && <StatusBadge status={record.status} />}
      {id !== undefined && <CopyableId id={id} to={`/t/${tenantId}/generations/${id}`} />}
      <Text size="sm">{run.asked.model ?? dialects[run.asked.dialect].label}</Text>
      {run.seed !== null && (
        <Badge variant="default" tt="none">
          seed {run.seed}
        </Badge>
      )}
      {record !== null && (
        <Text size="sm" c="dimmed">
          <Tokens value={record.cost.xTokens - record.cost.refunded} /> tokens
          {record.cost.refunded > 0 && (
            <>
              , <Tokens value={record.cost.refunded} /> refunded
            </>
          )}
        </Text>
      )}
    </Group>
  );
}

/** One run: how far it is, what it made and cost, and what was said to and by the API. */
export function RunCard({ run, onAgain, onRemix }: RunCardProps) {
  const id = run.answer?.error === null ? generationIdOf(run.answer.body) : undefined;
  const progress = useProgress(id);
  return (
    <Paper
      withBorder
      p="md"
      radius="md"
      component="article"
      aria-label={`Run ${run.key.slice(0, 8)}`}
    >
      <Stack gap="sm">
        <Head run={run} progress={progress} id={id} />
        <Outcome run={run} progress={progress} />
        <details>
          <Text component="summary" size="sm" style={{ cursor: 'pointer' }}>
            Request and answer
          </Text>
          <ExchangeView run={run} />
        </details>
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRepeat size={16} aria-hidden />}
            onClick={() => onAgain(run)}
          >
            Run again
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconAdjustments size={16} aria-hidden />}
            onClick={() => onRemix(run)}
          >
            Take over its values
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

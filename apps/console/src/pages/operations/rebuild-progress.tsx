import { Progress, Stack, Text } from '@mantine/core';
import { Timestamp } from '../../components/index.ts';
import { formatTokens } from '../../format/amount.ts';
import { formatDuration } from '../../format/time.ts';
import { percentRead, type Rebuild } from '../../operations/rebuild.ts';
import { RunHeading } from './run-heading.tsx';

export type ReadingProgress = Rebuild['progress'];

/** How far reading the store is, with the time that is left. */
export function ReadingBar({ progress }: { progress: ReadingProgress }) {
  if (progress === null) return <Text size="sm">It has just begun.</Text>;
  const { step, events, eventsPerSecond, etaSeconds } = progress;
  const percent = percentRead(progress);
  return (
    <div>
      <Progress value={percent} size="lg" aria-label={`${percent} percent read`} />
      <Text size="sm" mt={4}>
        {step}: {percent} %, {formatTokens(events)} events at{' '}
        {formatTokens(Math.round(eventsPerSecond))} a second, about{' '}
        {formatDuration(etaSeconds * 1000)} left
      </Text>
    </div>
  );
}

/** The latest build: who began it and why, how far it is or what came of it. */
export function RebuildProgress({ rebuild }: { rebuild: Rebuild }) {
  const { state, startedBy, reason, startedAt, progress, result, error } = rebuild;
  return (
    <section>
      <RunHeading title="Latest rebuild" state={state} />
      <Stack gap="xs">
        <Text size="sm">
          Begun by {startedBy} at <Timestamp at={startedAt} span />: {reason ?? 'no reason given'}
        </Text>
        {state === 'running' && <ReadingBar progress={progress} />}
        {result && (
          <Text size="sm">
            Read {formatTokens(result.events)} events in {formatDuration(result.seconds * 1000)}, up
            to {result.position}.
          </Text>
        )}
        {error && (
          <Text size="sm" c="red">
            {error}
          </Text>
        )}
      </Stack>
    </section>
  );
}

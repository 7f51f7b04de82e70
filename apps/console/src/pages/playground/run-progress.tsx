import { Progress as Bar, Group, Image, Skeleton, Stack, Text } from '@mantine/core';
import { Timestamp } from '../../components/index.ts';
import { sameOriginAsset } from '../../generations/generation.ts';
import type { Progress } from '../../playground/progress.ts';

function words({ phase, place, attempt, fraction }: Progress): string {
  if (phase === 'queued') {
    const again = attempt > 0 ? `Attempt ${attempt} failed; waiting for the next one. ` : '';
    return again + (place === null ? 'Waiting for a worker.' : `Place ${place} in line.`);
  }
  const share = fraction === null ? '' : `, ${Math.round(fraction * 100)} %`;
  return attempt > 1 ? `Attempt ${attempt}${share}` : `Rendering${share}`;
}

/** How far a run is, with what can be seen of it so far. */
export function RunProgress({ progress }: { progress: Progress }) {
  const { phase, fraction, outputs, estimatedStart } = progress;
  const isUnknown = fraction === null;
  return (
    <Stack gap="xs">
      <Text size="sm" aria-live="polite">
        {words(progress)}
        {phase === 'queued' && estimatedStart !== null && (
          <>
            {' '}
            To begin about <Timestamp at={estimatedStart} span />.
          </>
        )}
      </Text>
      <Bar
        value={isUnknown ? 100 : fraction * 100}
        striped={isUnknown}
        animated
        color={phase === 'queued' ? 'gray' : 'indigo'}
        aria-label="Progress"
      />
      <Group gap="xs">
        {outputs.map(({ index, preview, isLost }) =>
          preview === null ? (
            <Skeleton key={index} h={120} w={160} animate={!isLost} />
          ) : (
            <Image
              key={index}
              src={sameOriginAsset(preview)}
              alt={`Preview of output ${index + 1}`}
              h={120}
              w={160}
              fit="contain"
              radius="sm"
            />
          ),
        )}
      </Group>
    </Stack>
  );
}

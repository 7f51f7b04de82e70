import { Progress as Bar, Skeleton, Stack, Text } from '@mantine/core';
import { Timestamp } from '../../components/index.ts';
import { sameOriginAsset } from '../../generations/generation.ts';
import { nothingSeen, type OutputProgress, type Progress } from '../../playground/progress.ts';
import classes from './run-progress.module.css';

function words({ phase, place, waiting, attempt, fraction }: Progress): string {
  if (phase === 'queued') {
    const again = attempt > 0 ? `Attempt ${attempt} failed; waiting for the next one. ` : '';
    const why = waiting === null ? '' : `: ${waiting}`;
    return again + (place === null ? 'Waiting for a worker.' : `Place ${place} in line${why}.`);
  }
  const share = fraction === null ? '' : `, ${Math.round(fraction * 100)} %`;
  return attempt > 1 ? `Attempt ${attempt}${share}` : `Rendering${share}`;
}

/** As it will be, but for sharpness; of the same height with and without, so that nothing jumps. */
function OutputSoFar({ index, preview, at, isLost }: OutputProgress) {
  const name = `output ${index + 1}`;
  const steps = at === null ? '' : `, step ${at.step} of ${at.of}`;
  return (
    <figure className={classes.output}>
      {preview === null ? (
        <Skeleton className={classes.frame} animate={!isLost} />
      ) : (
        <div className={classes.frame}>
          <img
            className={classes.preview}
            src={sameOriginAsset(preview)}
            alt={`Preview of ${name}`}
          />
        </div>
      )}
      <Text component="figcaption" size="xs" c="dimmed">
        {preview === null ? `Nothing of ${name} yet` : `Preview of ${name}${steps}`}
      </Text>
    </figure>
  );
}

/** How far a run is, with what can be seen of it so far. */
export function RunProgress({ progress }: { progress: Progress }) {
  const { phase, fraction, outputs, estimatedStart } = progress;
  const isUnknown = fraction === null;
  const shown = phase === 'processing' && outputs.length === 0 ? [nothingSeen] : outputs;
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
      <div className={classes.outputs}>
        {shown.map((output) => (
          <OutputSoFar key={output.index} {...output} />
        ))}
      </div>
    </Stack>
  );
}

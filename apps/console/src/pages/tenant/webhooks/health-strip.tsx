import { Group, Stack, Text, Tooltip } from '@mantine/core';
import { Timestamp, Tokens } from '../../../components/index.ts';
import { deliveredShare, type EndpointHealth, looksOf } from '../../../webhooks/health.ts';
import classes from './health-strip.module.css';

const WORDS = {
  good: 'delivered',
  waiting: 'failed, tried again',
  bad: 'failed for good',
} as const;

/** What is on its way to it, and what becomes of it while the endpoint is disabled. */
function Waiting({ health }: { health: EndpointHealth }) {
  const { waiting, waitingSince, expiresAt, underWay } = health;
  if (waiting === 0) return null;
  return (
    <Text size="xs" c="dimmed">
      <Tokens value={waiting} /> waiting
      {waitingSince !== null && (
        <>
          , the oldest since <Timestamp at={waitingSince} span />
        </>
      )}
      {underWay > 0 && <>, {underWay} under way</>}
      {expiresAt !== null && (
        <>
          ; it expires at <Timestamp at={expiresAt} span />
        </>
      )}
    </Text>
  );
}

/** How the latest attempts fared, the newest at the right; short bars are trouble. */
export function HealthStrip({ health }: { health: EndpointHealth }) {
  return (
    <Stack gap={4}>
      <LatestAttempts health={health} />
      <Waiting health={health} />
    </Stack>
  );
}

function LatestAttempts({ health }: { health: EndpointHealth }) {
  const { breaker, probeAt, failingSince } = health;
  const share = deliveredShare(health);
  if (share === null) {
    return (
      <Text size="xs" c="dimmed">
        Nothing was sent yet
      </Text>
    );
  }
  const bars = looksOf(health).map((look, place) => ({ look, place }));
  return (
    <Group gap="xs">
      <div className={classes.strip} role="img" aria-label={`Latest: ${share}`}>
        {bars.map(({ look, place }) => (
          <Tooltip key={place} label={WORDS[look]}>
            <span className={classes.bar} data-look={look} />
          </Tooltip>
        ))}
      </div>
      <Text size="xs" c="dimmed">
        {share}
        {failingSince !== null && (
          <>
            , failing since <Timestamp at={failingSince} span />
          </>
        )}
        {breaker !== 'closed' && (
          <>
            . Spared for a while
            {probeAt !== null && (
              <>
                ; the next one is tried at <Timestamp at={probeAt} span />
              </>
            )}
          </>
        )}
      </Text>
    </Group>
  );
}

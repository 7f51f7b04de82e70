import { Group, Text, Tooltip } from '@mantine/core';
import { formatUtc } from '../../../format/time.ts';
import { deliveredShare, healthOf, type WebhookMessage } from '../../../webhooks/health.ts';
import { useLatestMessages } from '../../../webhooks/use-endpoints.ts';
import classes from './health-strip.module.css';

function wordsOf({ status, attempts, updatedAt }: WebhookMessage): string {
  return `${status} after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}, ${formatUtc(updatedAt)}`;
}

/** How the latest messages to an endpoint fared, the newest at the right; short bars are trouble. */
export function HealthStrip({ endpointId }: { endpointId: string }) {
  const { data: messages = [], isSuccess } = useLatestMessages(endpointId);
  const share = deliveredShare(messages);
  if (!isSuccess) return null;
  if (share === null) {
    return (
      <Text size="xs" c="dimmed">
        Nothing was sent yet
      </Text>
    );
  }
  return (
    <Group gap="xs" wrap="nowrap">
      <div className={classes.strip} role="img" aria-label={`Latest messages: ${share}`}>
        {messages.toReversed().map((message) => (
          <Tooltip key={message.id} label={wordsOf(message)}>
            <span className={classes.bar} data-health={healthOf(message)} />
          </Tooltip>
        ))}
      </div>
      <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {share}
      </Text>
    </Group>
  );
}

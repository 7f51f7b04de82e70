import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { components } from '../../../api/openapi.ts';
import { JsonView } from '../../../components/index.ts';
import { formatDuration } from '../../../format/time.ts';

type Exchange = components['schemas']['WebhookAttempts']['attempts'][number]['exchange'];
type Message = { headers: Record<string, string>; body: { text: string; isCut: boolean } };

function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function textOf(first: string, { headers, body }: Message): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const text = body.isCut ? `${body.text}\n… and more` : readable(body.text);
  return [first, ...lines, '', text].join('\n');
}

/** Without an answer nobody knows whether there was a connection. */
function howConnected({ timing, response }: NonNullable<Exchange>): string {
  if (timing.connect !== null) return `connected in ${formatDuration(timing.connect)}, `;
  return response === null ? '' : 'on a connection that was there, ';
}

/** What was sent and answered, headers and bodies. @param exchange null where nothing is kept of it */
export function AttemptExchange({ exchange }: { exchange: Exchange }) {
  if (exchange === null) {
    return (
      <Text size="sm" c="dimmed">
        What was sent is not kept any more, or was erased with whom it was about.
      </Text>
    );
  }
  const { request, response, timing } = exchange;
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <JsonView value={textOf(`POST ${request.url}`, request)} label="what was sent" />
        {response === null ? (
          <Text size="sm">No answer came.</Text>
        ) : (
          <JsonView value={textOf(`HTTP ${response.status}`, response)} label="what was answered" />
        )}
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        {howConnected(exchange)}
        {formatDuration(timing.total)} in all
      </Text>
    </Stack>
  );
}

import { Tabs, Text } from '@mantine/core';
import { JsonView } from '../../components/index.ts';
import { curlOf, KEY_VARIABLE } from '../../exchange/curl.ts';
import { dialects } from '../../playground/dialects.ts';
import type { Run } from '../../playground/run.ts';

const headerText = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

function requestText({ request, asked }: Run): string {
  const { keyHeader } = dialects[asked.dialect];
  const key = keyHeader === 'authorization' ? `Bearer $${KEY_VARIABLE}` : `$${KEY_VARIABLE}`;
  const head = `${request.method} ${window.location.origin}${request.path}`;
  const headers = headerText({ [keyHeader]: key, ...request.headers });
  return `${head}\n${headers}\n\n${JSON.stringify(request.body, null, 2)}`;
}

function answerText({ answer, failure }: Run): string {
  if (answer === null) return failure?.message ?? 'No answer yet.';
  const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body, null, 2);
  return `HTTP ${answer.status} after ${answer.elapsedMs} ms\n${headerText(answer.headers)}\n\n${body}`;
}

/** The very request and answer of a run, as a program with a key would see them. */
export function ExchangeView({ run }: { run: Run }) {
  const { keyHeader } = dialects[run.asked.dialect];
  return (
    <Tabs defaultValue="request" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="request">Request</Tabs.Tab>
        <Tabs.Tab value="answer">Answer</Tabs.Tab>
        <Tabs.Tab value="curl">curl</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="request" pt="xs">
        <JsonView value={requestText(run)} label="the request" />
        <Text size="xs" c="dimmed" mt={4}>
          The console sends it for your session; a program sends its key.
        </Text>
      </Tabs.Panel>
      <Tabs.Panel value="answer" pt="xs">
        <JsonView value={answerText(run)} label="the answer" />
      </Tabs.Panel>
      <Tabs.Panel value="curl" pt="xs">
        <JsonView
          value={curlOf(run.request, window.location.origin, keyHeader)}
          label="the command"
        />
      </Tabs.Panel>
    </Tabs>
  );
}

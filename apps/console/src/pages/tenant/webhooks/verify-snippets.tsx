import { Tabs } from '@mantine/core';
import { JsonView, Section } from '../../../components/index.ts';
import type { WebhookEndpoint } from '../../../webhooks/endpoint.ts';
import { tryWithCurl } from '../../../webhooks/try-with-curl.ts';
import { verifyInNode } from '../../../webhooks/verify-in-node.ts';
import { verifyInPython } from '../../../webhooks/verify-in-python.ts';

/** How a receiver checks the signatures of an endpoint, to be copied. */
export function VerifySnippets({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { scheme } = endpoint;
  const snippets = [
    ['Node', verifyInNode(scheme)],
    ['Python', verifyInPython(scheme)],
    ['curl', tryWithCurl(endpoint)],
  ] as const;
  return (
    <Section title="Check signatures">
      <Tabs defaultValue="Node" keepMounted={false}>
        <Tabs.List>
          {snippets.map(([name]) => (
            <Tabs.Tab key={name} value={name}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {snippets.map(([name, text]) => (
          <Tabs.Panel key={name} value={name} pt="xs">
            <JsonView value={text} label={`the code for ${name}`} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Section>
  );
}

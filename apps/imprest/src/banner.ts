import type { RunningProcess } from '@imprest/platform';

/** What a newcomer needs, and nothing else: the address, the key and a call to paste. */
export function banner({ url, infrastructure }: RunningProcess, startedInMs: number): string {
  const { demoKey, adminKey, adminKeyIsNew } = infrastructure.keys;
  const admin = adminKeyIsNew ? `\n  operator's key (shown once)  ${adminKey}` : '';
  return `
  Imprest is ready in ${(startedInMs / 1000).toFixed(1)} s

  address    ${url}
  reference  ${url}/docs
  demo key   ${demoKey}${admin}

  Ask for a picture and wait for it:

  curl -s ${url}/v1/generations \\
    -H 'Authorization: Bearer ${demoKey}' \\
    -H 'Content-Type: application/json' -H 'Prefer: wait=30' \\
    -d '{"endUserEmail":"ada@example.com","prompt":"Sunrise over a mountain lake, mist on the water"}'

  Ctrl-C stops it; nothing accepted is lost.
`;
}

import type { RunningProcess } from '@imprest/platform';
import type { ConsoleLink } from './console-link.js';

function consoleLines(link: ConsoleLink | undefined): string {
  if (link === undefined) return '';
  const signIn = link.signInUrl === undefined ? '' : `\n  sign in    ${link.signInUrl}`;
  return `\n  console    ${link.url}${signIn}`;
}

/**
 * What a newcomer needs, and nothing else: the address, the key, a call to paste and the way into the console.
 * It holds secrets: for the terminal, never for the log.
 */
export function banner(
  { url, infrastructure }: RunningProcess,
  startedInMs: number,
  link: ConsoleLink | undefined,
): string {
  const { demoKey, adminKey, adminKeyIsNew } = infrastructure.keys;
  const admin = adminKeyIsNew ? `\n  operator's key (shown once)  ${adminKey}` : '';
  return `
  Imprest is ready in ${(startedInMs / 1000).toFixed(1)} s

  address    ${url}
  reference  ${url}/docs${consoleLines(link)}
  demo key   ${demoKey}${admin}

  Ask for a picture and wait for it:

  curl -s ${url}/v1/generations \\
    -H 'Authorization: Bearer ${demoKey}' \\
    -H 'Content-Type: application/json' -H 'Prefer: wait=30' \\
    -d '{"endUserEmail":"ada@example.com","prompt":"Sunrise over a mountain lake, mist on the water"}'

  Ctrl-C stops it; nothing accepted is lost.
`;
}

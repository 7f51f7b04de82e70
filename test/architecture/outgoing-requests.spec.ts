import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Used by tests, by callers of the API and by browsers, whose policy lets the console ask nobody but its server. */
const ELSEWHERE = /^(libs\/(testkit|sdk)|apps\/console)\//;

const listed = ['ls-files', '--cached', '--others', '--exclude-standard', 'apps', 'libs'];
const sources = execFileSync('git', listed, { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\/src\/.*\.tsx?$/.test(file) && !/spec\.ts$|fixtures\.ts$/.test(file))
  .filter((file) => !ELSEWHERE.test(file) && existsSync(root + file));

/** Whatever can open a connection to a URL. */
const CLIENTS = [
  /(?<![.\w#]|function |async )fetch\((?![^)]*\): )/,
  /\bglobalThis\.fetch\b/,
  /from '(undici|axios|got|ky|node-fetch|superagent|ws|@nestjs\/axios)'/,
  /from '(node:)?http2'/,
  /import \{[^}]*\b(request|get|Agent|ClientRequest)\b[^}]*\} from '(node:)?https?'/,
  /import \{[^}]*\b(connect|createConnection|Socket)\b[^}]*\} from '(node:)?(net|tls)'/,
  /import (\* as )?\w+ from '(node:)?(https?|net|tls)'/,
  /(require|import)\('(undici|(node:)?(https?|http2|net|tls))'\)/,
  /\bnew (WebSocket|EventSource)\(/,
];

/** What speaks to engines at addresses of the operator's own configuration, and to nothing else. */
const TO_ENGINES = [
  'apps/worker/src/orchestrator/',
  'libs/payment-http/src/payment-http.ts',
  'libs/provider-comfyui/src/',
  'libs/provider-http/src/',
];
const GUARD = 'libs/outgoing-http/src/';

const opening = sources.filter((file) => {
  const text = readFileSync(root + file, 'utf8');
  return CLIENTS.some((client) => client.test(text));
});

describe('requests to URLs that somebody else chose', () => {
  it('go through the one guard: nothing else opens a connection, but to engines of the operator', () => {
    const homes = [GUARD, ...TO_ENGINES];
    expect(opening.filter((file) => !homes.some((home) => file.startsWith(home)))).toEqual([]);
  });

  it('are told by this check: the guard itself is found by it', () => {
    expect(opening.some((file) => file.startsWith(GUARD))).toBe(true);
  });

  it.each([
    "await fetch('https://hooks.example.com')",
    'globalThis.fetch(url)',
    "import { request } from 'undici';",
    "import { createServer, request } from 'node:http';",
    "import { Agent } from 'node:https';",
    "import https from 'https';",
    "import * as net from 'node:net';",
    "import { connect } from 'node:tls';",
    "const { request } = await import('undici');",
    'new WebSocket(url)',
  ])('are found as %j', (line) => {
    expect(CLIENTS.some((client) => client.test(line))).toBe(true);
  });

  it.each([
    'const observed = await this.fetch(provider, subject);',
    '  async fetch(): Promise<ObservedPayment | undefined> {',
    "import { createServer, type IncomingMessage } from 'node:http';",
    "import { isIP, type LookupFunction } from 'node:net';",
    'fetch(subject: string): Promise<ObservedPayment | undefined>;',
  ])('are not taken for %j', (line) => {
    expect(CLIENTS.some((client) => client.test(line))).toBe(false);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import type { ApiClient } from './api-client.js';

/** A request and the answer that it must get, byte for byte but for ids and times. */
export interface GoldenExchange {
  /** Which of the suite's callers sends it; the usual one when absent. */
  readonly as?: string;
  readonly request: {
    readonly method: 'GET' | 'POST' | 'DELETE';
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    /** Instead of `body`: sent as it stands. */
    readonly raw?: string;
    /** Instead of `body`: this many bytes of text. */
    readonly rawBytes?: number;
  };
  /** Ask again until the answer no longer says any of it. */
  readonly until?: string | readonly string[];
  readonly answer: {
    readonly status: number;
    /** All that it has of those that goldens keep; others are held when they are named here. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

export interface GoldenFile {
  readonly name: string;
  readonly about: string;
  readonly exchanges: readonly GoldenExchange[];
}

export type Masks = readonly (readonly [pattern: RegExp, placeholder: string])[];

const DEADLINE_MS = 30_000;
const KEPT_HEADERS = [
  'content-type',
  'idempotency-replayed',
  'x-should-retry',
  'x-ratelimit-limit',
];

/** Every golden file of a dialect, by name. */
export function goldenFiles(dialect: string): readonly GoldenFile[] {
  const folder = new URL(`../../apps/api/src/dialects/${dialect}/golden/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, ...JSON.parse(readFileSync(new URL(name, folder), 'utf8')) }));
}

function filledIn<T>(value: T, known: ReadonlyMap<string, string>): T {
  if (value === undefined) return value;
  let text = JSON.stringify(value);
  for (const [placeholder, found] of known) text = text.replaceAll(placeholder, found);
  return JSON.parse(text);
}

type Sent = Pick<GoldenExchange['request'], 'body' | 'raw' | 'rawBytes'>;

function payloadOf({ body, raw, rawBytes }: Sent): unknown {
  const text = rawBytes === undefined ? raw : `"${'x'.repeat(rawBytes)}"`;
  return text === undefined ? body : Buffer.from(text);
}

function keptOf(headers: Headers, named: object): object {
  const names = [...new Set([...KEPT_HEADERS, ...Object.keys(named)])];
  const found = names.map((name) => [name, headers.get(name)] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== null));
}

/** Replays exchanges in their order; what an answer had in a placeholder's stead fills the next requests. */
export class GoldenConversation {
  private readonly known: Map<string, string>;

  constructor(
    private readonly callers: Readonly<Record<string, ApiClient>>,
    private readonly masks: Masks,
    known: Readonly<Record<string, string>> = {},
  ) {
    this.known = new Map(Object.entries(known));
  }

  /** What came back, masked, in the form in which a golden file says it. */
  async replay({ as = 'usual', request, until, answer }: GoldenExchange) {
    const caller = this.callers[as];
    if (caller === undefined) throw new Error(`there is no caller ${as}`);
    const { method, path, headers, ...sent } = filledIn(request, this.known);
    const deadline = Date.now() + DEADLINE_MS;
    for (;;) {
      const got = await caller.raw(method, path, payloadOf(sent), headers);
      const goesOn = [until ?? []].flat().some((text) => got.text.includes(text));
      if (!goesOn || Date.now() > deadline) {
        const body = this.masked(got.text);
        return { status: got.status, headers: keptOf(got.headers, answer.headers), body };
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private masked(text: string): string {
    let masked = text;
    for (const [pattern, placeholder] of this.masks) {
      masked = masked.replace(pattern, (found) => {
        this.known.set(placeholder, found);
        return placeholder;
      });
    }
    return masked;
  }
}

/** The bytes that a golden answer stands for. */
export function goldenBytes({ status, headers, body }: GoldenExchange['answer']) {
  return { status, headers, body: body === '' ? '' : JSON.stringify(body) };
}

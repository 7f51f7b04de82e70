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
  };
  /** Ask again until the answer no longer says so. */
  readonly until?: string;
  readonly answer: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
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
    const { method, path, headers, body } = filledIn(request, this.known);
    const deadline = Date.now() + DEADLINE_MS;
    for (;;) {
      const got = await caller.raw(method, path, body, headers);
      if (until === undefined || !got.text.includes(until) || Date.now() > deadline) {
        const named = Object.keys(answer.headers ?? {}).map((name) => [
          name,
          got.headers.get(name),
        ]);
        return {
          status: got.status,
          ...(named.length > 0 && { headers: Object.fromEntries(named) }),
          body: this.masked(got.text),
        };
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
  return { status, ...(headers && { headers }), body: JSON.stringify(body) };
}

import { readdirSync, readFileSync } from 'node:fs';

/** One request of a dialect and, byte for byte but for ids, times and addresses, its answer. */
export interface Golden {
  readonly name: string;
  /** Whose key goes along. */
  readonly as: string;
  readonly request: {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: object;
    /** Instead of `body`: sent as it stands. */
    readonly raw?: string;
    /** Instead of `body`: this many bytes of text. */
    readonly rawBytes?: number;
  };
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/** All of a folder, in the order of their names. */
export function goldens(folder: URL): readonly Golden[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().map((file) => ({
    name: file.slice(0, -'.json'.length),
    ...JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
  }));
}

const VARYING: readonly (readonly [RegExp, string])[] = [
  [/"https?:\/\/[^"/]+\/assets\/[^"]+"/g, '"<url>"'],
  [/"b64_json":"[A-Za-z0-9+/=]+"/g, '"b64_json":"<base64>"'],
  [/\b(task|req|img)_[0-9a-z]{26}\b/g, '$1_<id>'],
  [/"(created|created_at|finished_at)":[1-9]\d{9}\b/g, '"$1":"<seconds>"'],
  [/"([A-Za-z_]+)":"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"$1":"<time>"'],
];

/** The text of an answer with what differs from run to run named instead of spelt out. */
export function withoutVaryingParts(text: string): string {
  return VARYING.reduce((body, [pattern, name]) => body.replace(pattern, name), text);
}

const HEADERS = ['content-type', 'idempotency-replayed', 'x-should-retry', 'x-ratelimit-limit'];

/** Sends the request; the answer comes in the form in which it is kept. */
export async function goldenAnswer(
  base: string,
  key: string | undefined,
  { method, path, headers, body, raw, rawBytes }: Golden['request'],
): Promise<{ readonly status: number; readonly headers: object; readonly text: string }> {
  const json = body === undefined ? undefined : JSON.stringify(body);
  const payload = rawBytes === undefined ? (raw ?? json) : `"${'x'.repeat(rawBytes)}"`;
  const response = await fetch(base + path, {
    method,
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(payload !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: payload,
    signal: AbortSignal.timeout(60_000),
  });
  const kept = HEADERS.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    status: response.status,
    headers: Object.fromEntries(kept),
    text: withoutVaryingParts(await response.text()),
  };
}

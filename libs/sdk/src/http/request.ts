export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Begins with a slash; ids in it are encoded by `path`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** JSON, or a form with files. */
  readonly body?: object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent with an Idempotency-Key: whatever costs tokens or money. */
  readonly costs?: boolean;
  readonly idempotencyKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A call as fetch takes it, the same one for every attempt. */
export interface PreparedRequest {
  readonly url: string;
  readonly init: RequestInit & { readonly headers: Readonly<Record<string, string>> };
  readonly idempotencyKey: string | undefined;
}

/** A path with its parts encoded. */
export function path(texts: TemplateStringsArray, ...parts: readonly string[]): string {
  return String.raw({ raw: texts }, ...parts.map(encodeURIComponent));
}

/** @throws TypeError for an idempotency key that the API would refuse, or a body that is no JSON */
export function prepare(base: string, apiKey: string, call: Call): PreparedRequest {
  const { method, body } = call;
  const idempotencyKey = call.costs ? (call.idempotencyKey ?? newIdempotencyKey()) : undefined;
  if (idempotencyKey !== undefined && !/^[\x20-\x7e]{1,255}$/.test(idempotencyKey)) {
    throw new TypeError('idempotencyKey must be 1 to 255 printable ASCII characters');
  }
  const form = body instanceof FormData;
  return {
    url: base + call.path + queryOf(call),
    idempotencyKey,
    init: {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body !== undefined && !form && { 'content-type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        ...call.headers,
      },
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
      // A redirect would turn a POST into a GET, and carry the key elsewhere.
      redirect: 'error',
    },
  };
}

function queryOf({ query = {} }: Call): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size > 0 ? `?${search}` : '';
}

/** 128 random bits; unlike randomUUID also on pages that came over plain http. */
function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `sdk_${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

import { exchangeProblems } from './answer-checker.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
}

const bodyOf = (text: string, headers: Headers) =>
  text !== '' && headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;

/** Bytes and forms as they are, anything else as JSON. */
const payloadOf = (body: unknown) =>
  body === undefined || body instanceof Uint8Array || body instanceof FormData
    ? body
    : JSON.stringify(body);

/** JSON over HTTP with a key, for tests. Every answer has to be one that docs/openapi.json describes. */
export class ApiClient {
  constructor(
    readonly baseUrl: string,
    /** None goes along where there is none. */
    private readonly key: string | undefined,
  ) {}

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const { text, ...answer } = await this.raw(method, path, body, headers);
    return { ...answer, body: bodyOf(text, answer.headers) };
  }

  /** The answer as it came over the wire. @throws Error when the document does not describe it */
  async raw(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }> {
    const response = await fetch(this.baseUrl + path, {
      method,
      headers: {
        ...(this.key !== undefined && { authorization: `Bearer ${this.key}` }),
        ...(body !== undefined &&
          !(body instanceof FormData) && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: payloadOf(body) as string,
      signal: AbortSignal.timeout(60_000),
    });
    const { status, headers: answered } = response;
    const text = await response.text();
    const answer = { status, headers: answered, body: bodyOf(text, answered) };
    const problems = exchangeProblems(method, path, answer);
    if (problems.length > 0) {
      throw new Error(`${method} ${path} is not answered as docs/openapi.json says: ${problems}`);
    }
    return { status, headers: answered, text };
  }

  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer> {
    return this.call('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer> {
    return this.call('POST', path, body, headers);
  }

  /** Polls the record until it is terminal. @throws Error with what is answered instead of a record */
  async outcome(requestId: string, timeoutMs = 30_000): Promise<Answer> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const answer = await this.get(`/v1/generations/${requestId}`);
      if (answer.status !== 200) {
        throw new Error(`${requestId}: ${answer.status} ${JSON.stringify(answer.body)}`);
      }
      if (!['queued', 'processing'].includes(answer.body.status)) return answer;
      if (Date.now() > deadline) throw new Error(`${requestId} is still ${answer.body.status}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
}

/** JSON over HTTP with a key, for tests. */
export class ApiClient {
  constructor(
    readonly baseUrl: string,
    private readonly key: string,
  ) {}

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const { text, ...answer } = await this.raw(method, path, body, headers);
    const json = answer.headers.get('content-type')?.includes('json');
    return { ...answer, body: json && text !== '' ? JSON.parse(text) : text };
  }

  /** The answer as it came over the wire. */
  async raw(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }> {
    const response = await fetch(this.baseUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer> {
    return this.call('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer> {
    return this.call('POST', path, body, headers);
  }

  /** Polls the record until it is terminal. */
  async outcome(requestId: string, timeoutMs = 30_000): Promise<Answer> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const answer = await this.get(`/v1/generations/${requestId}`);
      if (!['queued', 'processing'].includes(answer.body.status)) return answer;
      if (Date.now() > deadline) throw new Error(`${requestId} is still ${answer.body.status}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

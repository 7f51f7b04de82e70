import { answerError } from '../errors/answer-error.js';
import { ConnectionError, ImprestError } from '../errors/index.js';
import type { ImprestOptions } from './options.js';
import { pause } from './pause.js';
import { type Call, type PreparedRequest, prepare } from './request.js';
import { pauseAfter } from './retry-policy.js';

const DEFAULT_RETRIES = 3;
const DEFAULT_TIMEOUT_MS = 60_000;

/** Calls over HTTP, repeated while that can help. Every call of the API is safe to repeat. */
export class Transport {
  readonly maxRetries: number;
  readonly #apiKey: string;
  readonly #base: string;
  readonly #timeoutMs: number;
  readonly #fetch: typeof fetch;

  /** @throws TypeError for a base URL or a key that cannot be one */
  constructor({ baseUrl, apiKey, maxRetries, timeoutMs, fetch: given }: ImprestOptions) {
    const { protocol, origin, pathname } = new URL(baseUrl);
    if (!/^https?:$/.test(protocol)) throw new TypeError('baseUrl must begin with https://');
    if (!/^[\x21-\x7e]+$/.test(apiKey)) throw new TypeError('apiKey is no key');
    this.#base = origin + pathname.replace(/\/+$/, '');
    this.#apiKey = apiKey;
    this.#timeoutMs = timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.maxRetries = maxRetries ?? DEFAULT_RETRIES;
    this.#fetch = given ?? ((...request) => fetch(...request));
  }

  /** Body of the answer, parsed. @throws ImprestError, or the reason of an aborted signal */
  async json<T>(call: Call): Promise<T> {
    return this.#repeated(call, async (response) => JSON.parse(await response.text()) as T);
  }

  /** Body of the answer as it is, for what is not JSON. @throws ImprestError, or the reason of an aborted signal */
  async text(call: Call): Promise<string> {
    return this.#repeated(call, (response) => response.text());
  }

  /**
   * An answer whose body the caller reads for as long as it likes, from one attempt; the signal ends both.
   *
   * @throws ImprestError, or the reason of an aborted signal
   */
  async open(call: Call): Promise<Response> {
    const request = prepare(this.#base, this.#apiKey, call);
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), this.#timeoutMs);
    try {
      return await this.#attempt(request, late.signal, call.signal, async (answer) => answer);
    } finally {
      clearTimeout(timer);
    }
  }

  async #repeated<T>(call: Call, read: (answer: Response) => Promise<T>): Promise<T> {
    const request = prepare(this.#base, this.#apiKey, call);
    for (let failed = 1; ; failed += 1) {
      const late = AbortSignal.timeout(this.#timeoutMs);
      try {
        return await this.#attempt(request, late, call.signal, read);
      } catch (error) {
        await pause(pauseAfter(error, failed, this.maxRetries), call.signal);
      }
    }
  }

  async #attempt<T>(
    { url, init, idempotencyKey }: PreparedRequest,
    late: AbortSignal,
    ended: AbortSignal | undefined,
    read: (answer: Response) => Promise<T>,
  ): Promise<T> {
    const signal = ended === undefined ? late : AbortSignal.any([late, ended]);
    try {
      const answer = await this.#fetch(url, { ...init, signal });
      if (answer.ok) return await read(answer);
      throw answerError(answer, await answer.text(), Date.now(), idempotencyKey);
    } catch (error) {
      ended?.throwIfAborted();
      if (error instanceof ImprestError) throw error;
      const what = `${init.method} ${new URL(url).pathname} got no whole answer`;
      throw new ConnectionError(what, { cause: error, idempotencyKey });
    }
  }
}

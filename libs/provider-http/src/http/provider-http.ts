import { ProviderError } from '@imprest/application';
import { Agent, type Dispatcher, request } from 'undici';
import { lostExchange } from './lost-exchange.js';
import { ProviderAnswer } from './provider-answer.js';

/** Each wait for the server has a limit of its own. */
export interface ProviderDeadlines {
  /** Until the connection stands, the TLS handshake included. */
  readonly connectMs: number;
  /** From a request that begins work until the headers of its answer: the work itself where there is no queue. */
  readonly workMs: number;
  /** From any other request until the headers of its answer. */
  readonly answerMs: number;
  /** Between two pieces of an answer. */
  readonly idleMs: number;
}

export interface ProviderHttpOptions {
  /** As errors and logs call it. */
  readonly provider: string;
  /** Of the operator's configuration: it may lead to a private network. */
  readonly url: string;
  /** Sent as a bearer token. */
  readonly key?: string;
  readonly deadlines?: Partial<ProviderDeadlines>;
}

export interface ProviderRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base, query included. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** It begins work: when its answer is lost, nobody knows whether the work goes on. */
  readonly submits?: boolean;
  readonly signal: AbortSignal;
}

export const DEFAULT_DEADLINES: ProviderDeadlines = {
  connectMs: 10_000,
  workMs: 600_000,
  answerMs: 30_000,
  idleMs: 60_000,
};

/**
 * HTTP to a server that the operator configured. It follows no redirect, takes no compressed answer, bounds every wait, and
 * its errors name the provider and the path, never a host, a query, a header or a body.
 */
export class ProviderHttp {
  private readonly agent: Agent;
  private readonly base: string;
  private readonly deadlines: ProviderDeadlines;

  constructor(private readonly options: ProviderHttpOptions) {
    this.deadlines = { ...DEFAULT_DEADLINES, ...options.deadlines };
    this.base = options.url.replace(/\/+$/, '');
    this.agent = new Agent({
      connect: { timeout: this.deadlines.connectMs },
      bodyTimeout: this.deadlines.idleMs,
    });
  }

  /**
   * The answer as soon as its headers are there, whatever its status; read it to its end or discard it.
   * @throws ProviderError `cancelled`, `timeout` for work that took too long, else `infrastructure`
   */
  async send(asked: ProviderRequest): Promise<ProviderAnswer> {
    const { provider, key } = this.options;
    const { submits = false, signal } = asked;
    const where = `${provider} ${asked.method} ${asked.path.split('?')[0]}`;
    if (signal.aborted) throw new ProviderError('cancelled', 'the rendering was cancelled');
    const lost = (error: unknown) => lostExchange(error, { where, submits, signal });
    try {
      const answer = await request(`${this.base}${asked.path}`, {
        dispatcher: this.agent,
        method: asked.method as Dispatcher.HttpMethod,
        headers: {
          accept: '*/*',
          'accept-encoding': 'identity',
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
          ...asked.headers,
        },
        body: asked.body,
        headersTimeout: submits ? this.deadlines.workMs : this.deadlines.answerMs,
        signal,
      });
      return new ProviderAnswer(where, answer, lost);
    } catch (error) {
      throw lost(error);
    }
  }

  /** Ends every exchange that is under way. Safe to repeat. */
  async close(): Promise<void> {
    if (!this.agent.destroyed) await this.agent.destroy();
  }
}

import { PaymentProviderUnavailable } from '@imprest/application';
import { Agent, type Dispatcher, request } from 'undici';

export interface PaymentHttpOptions {
  /** As errors and logs call it. */
  readonly provider: string;
  /** Of the operator's configuration: it may lead to a private network. */
  readonly baseUrl: string;
  /** Sent with every request; holds the key. */
  readonly headers: Readonly<Record<string, string>>;
  /** From the call to the last byte of the answer. Default 15,000. */
  readonly timeoutMs?: number;
}

export interface PaymentHttpRequest {
  readonly method: 'GET' | 'POST';
  /** Below the base, query included. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface PaymentHttpAnswer {
  readonly status: number;
  /** Undefined when there was no JSON. */
  readonly body: unknown;
}

const TIMEOUT_MS = 15_000;
const MOST_BYTES = 4 * 1024 * 1024;
const CONNECTIONS = 8;

/**
 * JSON over HTTP to a payment provider that the operator configured, bounded in time and size. It follows
 * no redirect, and its errors name the provider and the path, never the query, a header or a body.
 */
export class PaymentHttp {
  private readonly agent = new Agent({ connections: CONNECTIONS, maxResponseSize: MOST_BYTES });
  private readonly base: string;

  constructor(private readonly options: PaymentHttpOptions) {
    this.base = options.baseUrl.replace(/\/+$/, '');
  }

  /** @throws PaymentProviderUnavailable without an answer, and for one that asks to come back later */
  async send(asked: PaymentHttpRequest): Promise<PaymentHttpAnswer> {
    const { provider, headers, timeoutMs = TIMEOUT_MS } = this.options;
    const where = `${provider} ${asked.method} ${asked.path.split('?')[0]}`;
    let status: number;
    let text: string;
    try {
      const answer = await request(`${this.base}${asked.path}`, {
        dispatcher: this.agent,
        method: asked.method as Dispatcher.HttpMethod,
        headers: { accept: 'application/json', ...headers, ...asked.headers },
        body: asked.body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      status = answer.statusCode;
      text = await answer.body.text();
    } catch (cause) {
      throw new PaymentProviderUnavailable(`${where}: no answer`, { cause });
    }
    if (status >= 500 || status === 429 || status === 408) {
      throw new PaymentProviderUnavailable(`${where}: answered ${status}`);
    }
    return { status, body: parsed(text) };
  }

  async close(): Promise<void> {
    if (!this.agent.destroyed) await this.agent.close();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

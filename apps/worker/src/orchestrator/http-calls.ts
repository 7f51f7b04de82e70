import { deadline } from '@imprest/application';
import { type Dispatcher, Pool } from 'undici';
import { OrchestratorError, refusal } from './orchestrator-error.js';

export interface CallLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly traceparent?: string;
}

interface Call extends CallLimits {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/worker/v1`. */
  readonly path: string;
  readonly contentType?: string;
  readonly body?: string | Uint8Array;
}

const CONNECT_TIMEOUT_MS = 5_000;

/** A few connections to the orchestrator. Every failure is an OrchestratorError. */
export class HttpCalls {
  private readonly pool: Pool;
  private readonly base: string;

  constructor(
    orchestratorUrl: string,
    private readonly workerKey: string,
    connections: number,
  ) {
    const url = new URL(orchestratorUrl);
    this.base = `${url.pathname.replace(/\/+$/, '')}/worker/v1`;
    const limits = { connectTimeout: CONNECT_TIMEOUT_MS, headersTimeout: 0, bodyTimeout: 0 };
    this.pool = new Pool(url.origin, { ...limits, connections });
  }

  /** Undefined for an answer without content. */
  post<T>(path: string, body: object, limits: CallLimits): Promise<T | undefined> {
    return this.sendJson('POST', path, body, limits);
  }

  putJson<T>(path: string, body: object, limits: CallLimits): Promise<T | undefined> {
    return this.sendJson('PUT', path, body, limits);
  }

  put<T>(call: Omit<Call, 'method'>): Promise<T | undefined> {
    return this.exchange({ method: 'PUT', ...call }, answerOf<T>);
  }

  bytes(call: Omit<Call, 'method'>): Promise<Uint8Array> {
    return this.exchange({ method: 'GET', ...call }, bytesOf);
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private sendJson<T>(method: 'POST' | 'PUT', path: string, body: object, limits: CallLimits) {
    const call = { method, path, contentType: 'application/json', body: JSON.stringify(body) };
    return this.exchange({ ...call, ...limits }, answerOf<T>);
  }

  private async exchange<T>(
    call: Call,
    read: (answer: Dispatcher.ResponseData) => Promise<T>,
  ): Promise<T> {
    const { method, path, contentType, body, timeoutMs, signal, traceparent } = call;
    const limit = deadline(timeoutMs, signal);
    try {
      const response = await this.pool.request({
        method,
        path: this.base + path,
        body,
        headers: {
          authorization: `Bearer ${this.workerKey}`,
          ...(contentType !== undefined && { 'content-type': contentType }),
          ...(traceparent !== undefined && { traceparent }),
        },
        signal: limit.signal,
      });
      return await read(response);
    } catch (error) {
      if (error instanceof OrchestratorError) throw error;
      if (this.pool.destroyed) throw new OrchestratorError('refused', 'the worker has ended');
      const what = error instanceof Error ? error.message : String(error);
      throw new OrchestratorError('unavailable', `no answer from the orchestrator: ${what}`, {
        cause: error,
      });
    } finally {
      limit.end();
    }
  }
}

async function bytesOf(answer: Dispatcher.ResponseData): Promise<Uint8Array> {
  if (answer.statusCode !== 200) {
    await answerOf(answer);
    throw new OrchestratorError('refused', `the orchestrator answered ${answer.statusCode}`);
  }
  return new Uint8Array(await answer.body.arrayBuffer());
}

async function answerOf<T>({ statusCode, body }: Dispatcher.ResponseData): Promise<T | undefined> {
  const text = await body.text();
  let json: unknown;
  try {
    json = text === '' ? undefined : JSON.parse(text);
  } catch {
    json = undefined;
  }
  if (statusCode < 200 || statusCode > 299) throw refusal(statusCode, json);
  return json as T | undefined;
}

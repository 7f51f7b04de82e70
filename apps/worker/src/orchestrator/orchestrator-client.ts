import {
  type AttemptAnswer,
  deadline,
  type IdentityEmbedding,
  type OutputMediaType,
  type WorkerFailure,
  type WorkOrder,
} from '@imprest/application';
import { type Dispatcher, Pool } from 'undici';
import { OrchestratorError, refusal } from './orchestrator-error.js';

export interface OrchestratorClientOptions {
  /** Of the operator's own orchestrator: trusted, unlike the URLs of tenants. */
  readonly url: string;
  readonly workerKey: string;
  /** Jobs that may be under way at once. */
  readonly slots: number;
}

export interface LeaseQuery {
  readonly workerId: string;
  readonly providers: readonly string[];
  readonly slots: number;
  /** 0 to 30. */
  readonly waitSeconds: number;
}

type Lease = Pick<WorkOrder, 'jobId' | 'fence' | 'traceparent'>;

interface HeartbeatAnswer {
  readonly cancelled: boolean;
  readonly lost: boolean;
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly contentType?: string;
  readonly body?: string | Uint8Array;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly traceparent?: string;
}

const TIMEOUT_MS = 15_000;
const UPLOAD_TIMEOUT_MS = 120_000;
const CONNECT_TIMEOUT_MS = 5_000;

/** The worker's side of docs/worker-protocol.md. Every failure is an OrchestratorError. */
export class OrchestratorClient {
  /** Images have connections of their own: a heartbeat must not wait for them. */
  private readonly uploads: Pool;
  private readonly control: Pool;
  private readonly base: string;

  constructor(private readonly options: OrchestratorClientOptions) {
    const url = new URL(options.url);
    this.base = `${url.pathname.replace(/\/+$/, '')}/worker/v1/leases`;
    const limits = { connectTimeout: CONNECT_TIMEOUT_MS, headersTimeout: 0, bodyTimeout: 0 };
    this.uploads = new Pool(url.origin, { ...limits, connections: options.slots * 2 });
    this.control = new Pool(url.origin, { ...limits, connections: options.slots + 1 });
  }

  /** Waits for work at the orchestrator; empty when none came in time. */
  async lease(query: LeaseQuery, signal: AbortSignal): Promise<readonly WorkOrder[]> {
    const timeoutMs = query.waitSeconds * 1_000 + TIMEOUT_MS;
    const answer = await this.post<{ leases: WorkOrder[] }>('', query, { timeoutMs, signal });
    return answer?.leases ?? [];
  }

  async heartbeat(
    { jobId, fence }: Lease,
    progress: number | undefined,
    timeoutMs: number,
  ): Promise<HeartbeatAnswer> {
    const path = `/${jobId}/heartbeat`;
    const answer = await this.post<HeartbeatAnswer>(path, { fence, progress }, { timeoutMs });
    return { cancelled: answer?.cancelled === true, lost: answer?.lost === true };
  }

  /** @returns the receipt that the outcome has to name */
  async upload(
    { jobId, fence, traceparent }: Lease,
    image: {
      readonly index: number;
      readonly bytes: Uint8Array;
      readonly mediaType: OutputMediaType;
    },
    signal: AbortSignal,
  ): Promise<string> {
    const answer = await this.call<{ receipt: string }>({
      method: 'PUT',
      path: `/${jobId}/outputs/${image.index}?fence=${fence}`,
      contentType: image.mediaType,
      body: image.bytes,
      timeoutMs: UPLOAD_TIMEOUT_MS,
      signal,
      traceparent,
    });
    return answer?.receipt ?? '';
  }

  /** The bytes of an uploaded reference, by its place in the order. */
  async reference(
    { jobId, fence }: Lease,
    index: number,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const path = `/${jobId}/references/${index}?fence=${fence}`;
    const limits = { timeoutMs: UPLOAD_TIMEOUT_MS, signal };
    return this.exchange(this.uploads, { method: 'GET', path, ...limits }, bytesOf);
  }

  /** Hands in looks that were worked out here. @returns those that count */
  async identity(
    { jobId, fence, traceparent }: Lease,
    embedding: IdentityEmbedding,
    signal: AbortSignal,
  ): Promise<IdentityEmbedding> {
    const path = `/${jobId}/identity`;
    const limits = { timeoutMs: TIMEOUT_MS, signal, traceparent };
    const body = { fence, embedding };
    const answer = await this.post<{ embedding: IdentityEmbedding }>(path, body, limits);
    return answer?.embedding ?? embedding;
  }

  async rendered(
    lease: Lease,
    receipts: readonly string[],
    lost: readonly number[],
    signal: AbortSignal,
  ): Promise<AttemptAnswer | undefined> {
    return this.outcome(lease, { receipts, lost }, signal);
  }

  async failed(
    lease: Lease,
    { failureClass, message }: WorkerFailure,
    signal: AbortSignal,
  ): Promise<AttemptAnswer | undefined> {
    return this.outcome(lease, { failure: { class: failureClass, message } }, signal);
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    await Promise.all([this.uploads.destroy(), this.control.destroy()]);
  }

  private async outcome(lease: Lease, told: object, signal: AbortSignal) {
    const { jobId, fence, traceparent } = lease;
    const path = `/${jobId}/outcome`;
    const limits = { timeoutMs: TIMEOUT_MS, signal, traceparent };
    return (await this.post<{ status: AttemptAnswer }>(path, { fence, ...told }, limits))?.status;
  }

  private post<T>(
    path: string,
    body: object,
    limits: Pick<Call, 'timeoutMs' | 'signal' | 'traceparent'>,
  ) {
    const json = JSON.stringify(body);
    const contentType = 'application/json';
    return this.call<T>({ method: 'POST', path, contentType, body: json, ...limits });
  }

  /** Undefined for an answer without content. */
  private call<T>(call: Call): Promise<T | undefined> {
    const pool = call.method === 'PUT' ? this.uploads : this.control;
    return this.exchange(pool, call, answerOf<T>);
  }

  private async exchange<T>(
    pool: Pool,
    call: Call,
    read: (answer: Dispatcher.ResponseData) => Promise<T>,
  ): Promise<T> {
    const { method, path, contentType, body, timeoutMs, signal, traceparent } = call;
    const limit = deadline(timeoutMs, signal);
    try {
      const response = await pool.request({
        method,
        path: this.base + path,
        body,
        headers: {
          authorization: `Bearer ${this.options.workerKey}`,
          ...(contentType !== undefined && { 'content-type': contentType }),
          ...(traceparent !== undefined && { traceparent }),
        },
        signal: limit.signal,
      });
      return await read(response);
    } catch (error) {
      if (error instanceof OrchestratorError) throw error;
      if (pool.destroyed) throw new OrchestratorError('refused', 'the worker has ended');
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

import {
  type AttemptAnswer,
  type IdentityEmbedding,
  type OutputMediaType,
  type WorkerFailure,
  type WorkOrder,
} from '@imprest/application';
import { HttpCalls } from './http-calls.js';

export interface OrchestratorClientOptions {
  /** Of the operator's own orchestrator: trusted, unlike the URLs of tenants. */
  readonly url: string;
  readonly workerKey: string;
  /** Jobs that may be under way at once. */
  readonly slots: number;
}

export interface LeaseQuery {
  readonly workerId: string;
  /** Of this process: another one may work under the same name. */
  readonly session: string;
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

const TIMEOUT_MS = 15_000;
const UPLOAD_TIMEOUT_MS = 120_000;

/** The worker's side of docs/worker-protocol.md. Every failure is an OrchestratorError. */
export class OrchestratorClient {
  /** Images have connections of their own: a heartbeat must not wait for them. */
  private readonly uploads: HttpCalls;
  private readonly control: HttpCalls;

  constructor({ url, workerKey, slots }: OrchestratorClientOptions) {
    this.uploads = new HttpCalls(url, workerKey, slots * 2);
    this.control = new HttpCalls(url, workerKey, slots + 2);
  }

  /** Waits for work at the orchestrator; empty when none came in time. */
  async lease(query: LeaseQuery, signal: AbortSignal): Promise<readonly WorkOrder[]> {
    const timeoutMs = query.waitSeconds * 1_000 + TIMEOUT_MS;
    const answer = await this.control.post<{ leases: WorkOrder[] }>('/leases', query, {
      timeoutMs,
      signal,
    });
    return answer?.leases ?? [];
  }

  /** Asks for no more work: orders that are still on their way go to others, unless they are named here. */
  async leave(
    workerId: string,
    session: string,
    held: readonly Lease[],
    timeoutMs: number,
  ): Promise<void> {
    const named = held.map(({ jobId, fence }) => ({ jobId, fence }));
    const path = `/workers/${encodeURIComponent(workerId)}/leave`;
    await this.control.post(path, { session, held: named }, { timeoutMs });
  }

  async heartbeat(
    { jobId, fence }: Lease,
    progress: number | undefined,
    timeoutMs: number,
  ): Promise<HeartbeatAnswer> {
    const path = `/leases/${jobId}/heartbeat`;
    const answer = await this.control.post<HeartbeatAnswer>(
      path,
      { fence, progress },
      { timeoutMs },
    );
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
    const answer = await this.uploads.put<{ receipt: string }>({
      path: `/leases/${jobId}/outputs/${image.index}?fence=${fence}`,
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
    const path = `/leases/${jobId}/references/${index}?fence=${fence}`;
    return this.uploads.bytes({ path, timeoutMs: UPLOAD_TIMEOUT_MS, signal });
  }

  /** Hands in looks that were worked out here. @returns those that count */
  async identity(
    { jobId, fence, traceparent }: Lease,
    embedding: IdentityEmbedding,
    signal: AbortSignal,
  ): Promise<IdentityEmbedding> {
    const path = `/leases/${jobId}/identity`;
    const limits = { timeoutMs: TIMEOUT_MS, signal, traceparent };
    const body = { fence, embedding };
    const answer = await this.control.post<{ embedding: IdentityEmbedding }>(path, body, limits);
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
    { failureClass, message, unresolvedAttempt }: WorkerFailure,
    signal: AbortSignal,
  ): Promise<AttemptAnswer | undefined> {
    return this.outcome(
      lease,
      { failure: { class: failureClass, message, unresolvedAttempt } },
      signal,
    );
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    await Promise.all([this.uploads.close(), this.control.close()]);
  }

  private async outcome(lease: Lease, told: object, signal: AbortSignal) {
    const { jobId, fence, traceparent } = lease;
    const path = `/leases/${jobId}/outcome`;
    const limits = { timeoutMs: TIMEOUT_MS, signal, traceparent };
    return (await this.control.post<{ status: AttemptAnswer }>(path, { fence, ...told }, limits))
      ?.status;
  }
}

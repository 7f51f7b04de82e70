import {
  type AttemptAnswer,
  type BeatAnswer,
  type IdentityEmbedding,
  type OutputMediaType,
  type PreviewAnswer,
  type RenderPreview,
  type ResidentModel,
  type WorkerFailure,
  type WorkOrder,
} from '@imprest/application';
import type { AttemptUsage } from '@imprest/domain';
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
  readonly residency: readonly ResidentModel[];
  /** 0 to 30. */
  readonly waitSeconds: number;
}

/** What the orchestrator says of a worker; `unknown` asks it to register. */
export type WorkerState = BeatAnswer;

export interface WorkerRegistration {
  readonly session: string;
  readonly providers: readonly string[];
  readonly slots: number;
  readonly vramBytes: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly version: string | undefined;
  readonly residency: readonly ResidentModel[];
}

interface RegistrationAnswer {
  readonly state: WorkerState;
  readonly heartbeatSeconds: number;
}

type Lease = Pick<WorkOrder, 'jobId' | 'fence' | 'traceparent'>;

interface HeartbeatAnswer {
  readonly cancelled: boolean;
  readonly lost: boolean;
}

const TIMEOUT_MS = 15_000;
const USUAL_BEAT_SECONDS = 10;
const UPLOAD_TIMEOUT_MS = 120_000;

/** The worker's side of docs/worker-protocol.md. Every failure is an OrchestratorError. */
export class OrchestratorClient {
  /** Images have connections of their own: a heartbeat must not wait for them. */
  private readonly uploads: HttpCalls;
  private readonly control: HttpCalls;
  /** Each of them is held for as long as its job takes. */
  private readonly watches: HttpCalls;

  constructor({ url, workerKey, slots }: OrchestratorClientOptions) {
    this.uploads = new HttpCalls(url, workerKey, slots * 2);
    this.control = new HttpCalls(url, workerKey, slots + 2);
    this.watches = new HttpCalls(url, workerKey, slots);
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

  async register(
    workerId: string,
    registration: WorkerRegistration,
    signal: AbortSignal,
  ): Promise<RegistrationAnswer> {
    const path = `/workers/${encodeURIComponent(workerId)}`;
    const limits = { timeoutMs: TIMEOUT_MS, signal };
    const answer = await this.control.putJson<RegistrationAnswer>(path, registration, limits);
    return { state: 'active', heartbeatSeconds: USUAL_BEAT_SECONDS, ...answer };
  }

  async beat(
    workerId: string,
    {
      held,
      ...beat
    }: {
      readonly session: string;
      readonly residency: readonly ResidentModel[];
      readonly held: readonly Lease[];
      readonly usedSlots: number;
    },
    signal: AbortSignal,
  ): Promise<WorkerState> {
    const path = `/workers/${encodeURIComponent(workerId)}/heartbeat`;
    const limits = { timeoutMs: TIMEOUT_MS, signal };
    const body = { ...beat, held: held.map(named) };
    return (await this.control.post<{ state: WorkerState }>(path, body, limits))?.state ?? 'active';
  }

  /** Asks for no more work: orders that are still on their way go to others, unless they are named here. */
  async leave(
    workerId: string,
    session: string,
    held: readonly Lease[],
    timeoutMs: number,
  ): Promise<void> {
    const path = `/workers/${encodeURIComponent(workerId)}/leave`;
    await this.control.post(path, { session, held: held.map(named) }, { timeoutMs });
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

  /** Waits at the orchestrator for the end of the lease. */
  async watch(
    { jobId, fence }: Lease,
    waitSeconds: number,
    signal: AbortSignal,
  ): Promise<HeartbeatAnswer> {
    const limits = { timeoutMs: waitSeconds * 1_000 + TIMEOUT_MS, signal };
    const body = { fence, waitSeconds };
    const answer = await this.watches.post<HeartbeatAnswer>(`/leases/${jobId}/watch`, body, limits);
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

  /** Shows what is not finished. Not worth another try. */
  async preview(
    { jobId, fence }: Lease,
    { index, bytes, mediaType, at }: RenderPreview,
    signal: AbortSignal,
  ): Promise<PreviewAnswer | undefined> {
    const steps = at === undefined ? '' : `&step=${at.step}&of=${at.of}`;
    return this.uploads.put<PreviewAnswer>({
      path: `/leases/${jobId}/previews/${index}?fence=${fence}${steps}`,
      contentType: mediaType,
      body: bytes,
      timeoutMs: TIMEOUT_MS,
      signal,
    });
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
    usage: AttemptUsage | undefined,
    signal: AbortSignal,
  ): Promise<AttemptAnswer | undefined> {
    return this.outcome(lease, { receipts, lost, usage }, signal);
  }

  async failed(
    lease: Lease,
    { failureClass, message, unresolvedAttempt, usage }: WorkerFailure,
    signal: AbortSignal,
  ): Promise<AttemptAnswer | undefined> {
    const failure = { class: failureClass, message, unresolvedAttempt };
    return this.outcome(lease, { failure, usage }, signal);
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    await Promise.all([this.uploads, this.control, this.watches].map((calls) => calls.close()));
  }

  private async outcome(lease: Lease, told: object, signal: AbortSignal) {
    const { jobId, fence, traceparent } = lease;
    const path = `/leases/${jobId}/outcome`;
    const limits = { timeoutMs: TIMEOUT_MS, signal, traceparent };
    return (await this.control.post<{ status: AttemptAnswer }>(path, { fence, ...told }, limits))
      ?.status;
  }
}

function named({ jobId, fence }: Lease) {
  return { jobId, fence };
}

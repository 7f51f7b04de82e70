import type { IdentityEmbedding } from '../ports/generation-provider.js';
import type { LeaseRef } from '../ports/work-queue.js';
import type { ReferenceContent } from '../references/index.js';
import type {
  AttemptAnswer,
  AttemptOutcomes,
  RenderedResult,
  WorkerFailure,
} from './attempt-outcomes.js';
import type { JobIdentities } from './job-identities.js';
import type { JobPreviews, PreviewAnswer, WorkerPreview } from './job-previews.js';
import type { JobReferences } from './job-references.js';
import type { LeaseStanding } from './job-standing.js';
import type { JobUploads } from './job-uploads.js';
import type { LeaseHeartbeats } from './lease-heartbeats.js';
import type { LeaseWatch, LeaseWatchRequest } from './lease-watch.js';
import type { WorkDispatch, WorkRequest } from './work-dispatch.js';
import type { WorkOrder } from './work-order.js';

/** All that a worker can do, whatever protocol carries it. */
export class JobLeases {
  constructor(
    private readonly dispatch: WorkDispatch,
    private readonly heartbeats: LeaseHeartbeats,
    private readonly uploads: JobUploads,
    private readonly outcomes: AttemptOutcomes,
    private readonly references: JobReferences,
    private readonly identities: JobIdentities,
    private readonly watches: LeaseWatch,
    private readonly previews: JobPreviews,
  ) {}

  /** See WorkDispatch.request. */
  lease(request: WorkRequest): Promise<readonly WorkOrder[]> {
    return this.dispatch.request(request);
  }

  /** See LeaseHeartbeats.beat. */
  heartbeat(lease: LeaseRef, fraction?: number): Promise<LeaseStanding> {
    return this.heartbeats.beat(lease, fraction);
  }

  /** See LeaseWatch.until. */
  watch(lease: LeaseRef, request: LeaseWatchRequest): Promise<LeaseStanding> {
    return this.watches.until(lease, request);
  }

  /** The receipt of the stored image; see JobUploads.upload. */
  output(lease: LeaseRef, index: number, bytes: Uint8Array): Promise<string> {
    return this.uploads.upload(lease, index, bytes);
  }

  /** A look at what is not finished; see JobPreviews.show. */
  preview(lease: LeaseRef, preview: WorkerPreview): Promise<PreviewAnswer> {
    return this.previews.show(lease, preview);
  }

  /** An uploaded reference of the job, by its place in the order; see JobReferences.read. */
  reference(lease: LeaseRef, index: number): Promise<ReferenceContent> {
    return this.references.read(lease, index);
  }

  /** Looks of the character that the job shows; see JobIdentities.keep. */
  identity(lease: LeaseRef, embedding: IdentityEmbedding): Promise<IdentityEmbedding> {
    return this.identities.keep(lease, embedding);
  }

  /** See AttemptOutcomes.rendered. */
  rendered(lease: LeaseRef, result: RenderedResult): Promise<AttemptAnswer> {
    return this.outcomes.rendered(lease, result);
  }

  /** See AttemptOutcomes.failed. */
  failed(lease: LeaseRef, failure: WorkerFailure): Promise<AttemptAnswer> {
    return this.outcomes.failed(lease, failure);
  }
}

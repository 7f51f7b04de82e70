import type { AspectRatio } from '@imprest/domain';
import type { ConfidentialInput } from '../generations/confidential-input.js';
import type { GenerationView } from '../generations/generation-view.js';
import type { ImageMediaType } from '../ports/generation-provider.js';
import type { ModelEntry } from '../ports/model-catalogue.js';

/** All that a worker needs to do a job, as the JSON it is sent. */
export interface WorkOrder {
  readonly jobId: string;
  /** To be sent along with everything about this lease. */
  readonly fence: number;
  /** Without a heartbeat for this long the job is taken away. */
  readonly leaseSeconds: number;
  /** From 1. */
  readonly attempt: number;
  /** Public name of the model. */
  readonly model: string;
  readonly provider: string;
  /** The provider's own name of the model. */
  readonly providerModel: string;
  readonly prompt: string;
  readonly seed: number;
  /** Exact pixels; null when the first reference's shape decides. */
  readonly width: number | null;
  readonly height: number | null;
  /** `2K`, `4K` or `WxH`. */
  readonly size: string;
  readonly aspectRatio: AspectRatio;
  /** The most to make when `sequential`. */
  readonly images: number;
  readonly sequential: boolean;
  readonly guidanceScale: number;
  readonly watermark: boolean;
  readonly mediaType: ImageMediaType;
  /** URLs that a tenant chose: to be fetched with the guard against private targets only. */
  readonly references: readonly string[];
  /** W3C Trace Context of the request, while its trace is recorded. */
  readonly traceparent?: string;
}

export interface GrantedLease {
  readonly fence: number;
  readonly attempt: number;
  readonly leaseSeconds: number;
}

export function workOrder(
  lease: GrantedLease,
  view: GenerationView,
  input: ConfidentialInput,
  model: ModelEntry,
): WorkOrder {
  const { seed, width, height, size, aspectRatio, images, sequential, guidanceScale, watermark } =
    view.parameters;
  return {
    jobId: view.id,
    ...lease,
    model: model.alias,
    provider: model.provider,
    providerModel: model.providerModel,
    prompt: input.prompt,
    seed,
    width,
    height,
    size,
    aspectRatio,
    images,
    sequential,
    guidanceScale,
    watermark,
    mediaType: model.mediaType,
    references: input.references,
    traceparent: view.traceparent,
  };
}

import type { AspectRatio, VideoParameters } from '@imprest/domain';
import type { ConfidentialInput } from '../generations/confidential-input.js';
import type { GenerationView } from '../generations/generation-view.js';
import type {
  ClipRequest,
  IdentityEmbedding,
  ImageMediaType,
} from '../ports/generation-provider.js';
import type { ModelEntry, VideoModel } from '../ports/model-catalogue.js';

/** Who is shown, where the model is conditioned on that. */
export interface OrderedIdentity {
  /** In plain words. */
  readonly description: string;
  /** Null when nobody has worked it out yet: the worker does, and hands it in. */
  readonly embedding: IdentityEmbedding | null;
}

/** The call of an earlier attempt that nobody knows the outcome of: to be asked for before anything is rendered. */
export interface UnresolvedCall {
  readonly attempt: number;
  /** Whether to render when the provider cannot tell: the operator would rather pay twice than fail. */
  readonly rendersAnyway: boolean;
}

/** All that a worker needs to do a job, as the JSON it is sent. */
export interface WorkOrder {
  readonly jobId: string;
  /** To be sent along with everything about this lease. */
  readonly fence: number;
  /** Without a heartbeat for this long the job is taken away. */
  readonly leaseSeconds: number;
  /** From 1. */
  readonly attempt: number;
  readonly unresolved?: UnresolvedCall;
  /** Slots of the worker that it takes; 1 when absent. */
  readonly slots?: number;
  /** Public name of the model. */
  readonly model: string;
  readonly provider: string;
  /** The provider's own name of the model. */
  readonly providerModel: string;
  readonly prompt: string;
  /** What no picture should have. */
  readonly negativePrompt?: string;
  readonly identity?: OrderedIdentity;
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
  /** Of still images. */
  readonly mediaType: ImageMediaType;
  /** One clip that sets the first reference in motion, instead of still images. */
  readonly clip?: ClipRequest;
  /**
   * URLs that a tenant chose, to be fetched with the guard against private targets only. What is no URL but an id
   * of ours is fetched from the orchestrator.
   */
  readonly references: readonly string[];
  /** Whether looks at what is not finished are welcome; see JobPreviews. */
  readonly previews?: boolean;
  /** W3C Trace Context of the request, while its trace is recorded. */
  readonly traceparent?: string;
}

export interface GrantedLease {
  readonly fence: number;
  readonly attempt: number;
  readonly unresolved?: UnresolvedCall;
  readonly leaseSeconds: number;
  readonly previews?: boolean;
}

function clipOf(
  { durationSeconds }: VideoParameters,
  { framesPerSecond, mediaTypes }: VideoModel,
): ClipRequest {
  return { durationSeconds, framesPerSecond, mediaTypes };
}

export function workOrder(
  lease: GrantedLease,
  view: GenerationView,
  input: ConfidentialInput,
  model: ModelEntry,
  identity?: OrderedIdentity,
): WorkOrder {
  const { seed, width, height, size, aspectRatio, images, sequential, guidanceScale, watermark } =
    view.parameters;
  const { video } = view.parameters;
  return {
    jobId: view.id,
    ...lease,
    slots: model.slotCost,
    model: model.alias,
    provider: model.provider,
    providerModel: model.providerModel,
    prompt: input.prompt,
    negativePrompt: input.negativePrompt,
    identity,
    seed,
    width,
    height,
    size,
    aspectRatio,
    images,
    sequential,
    guidanceScale,
    watermark,
    mediaType: model.kind === 'image' ? model.mediaType : 'image/webp',
    clip: video && model.kind === 'video' ? clipOf(video, model) : undefined,
    references: video ? [video.sourceAssetId] : input.references,
    traceparent: view.traceparent,
  };
}

import type { ConfidentialInput, GenerationView } from '@imprest/application';
import type { VideoParameters } from '@imprest/domain';
import type { ImageLink, VideoLink } from './image-links.js';

export type XmodeStatus =
  | 'queued'
  | 'processing'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'expired';

export interface XmodeRecord {
  readonly requestId: string;
  readonly model: string;
  readonly status: XmodeStatus;
  readonly prompt: string;
  readonly referencesCount: number;
  readonly endUserEmail: string;
  readonly createdAt: string;
  readonly pollUrl?: string;
  readonly finishedAt?: string;
  /** The generation whose failed work this is done for once more. */
  readonly redriveOf?: string;
  /** When the work must have begun and ended, where its request said so. */
  readonly deadlines?: { readonly startBy?: string; readonly finishBy?: string };
  readonly input: object;
  readonly images?: readonly ImageLink[];
  /** In place of `images` when a video was asked for. */
  readonly videos?: readonly VideoLink[];
  readonly error?: object;
  readonly cost: {
    readonly xTokens: number;
    readonly refunded: number;
    /** Which lots paid how much of what was charged. */
    readonly lots?: readonly { readonly lotId: string; readonly tokens: number }[];
  };
}

export type OutputLinks =
  | { readonly images: readonly ImageLink[] }
  | { readonly videos: readonly VideoLink[] };

function videoInputOf(
  { parameters, model }: GenerationView,
  video: VideoParameters,
  { endUserEmail, prompt, webhookUrl }: ConfidentialInput,
): object {
  return {
    endUserEmail,
    prompt,
    model,
    sourceRequestId: video.sourceGenerationId,
    sourceImage: video.sourceImage,
    duration: video.durationSeconds,
    seed: parameters.seed,
    watermark: parameters.watermark,
    guidanceScale: parameters.guidanceScale,
    ...(webhookUrl !== null && { webhookUrl }),
  };
}

function inputOf(view: GenerationView, input: ConfidentialInput): object {
  const { parameters } = view;
  if (parameters.video) return videoInputOf(view, parameters.video, input);
  const { sequential, images } = parameters;
  return {
    endUserEmail: input.endUserEmail,
    prompt: input.prompt,
    model: view.model,
    references: input.references,
    size: parameters.size,
    aspectRatio: parameters.aspectRatio,
    n: sequential ? 1 : images,
    seed: parameters.seed,
    watermark: parameters.watermark,
    guidanceScale: parameters.guidanceScale,
    responseFormat: parameters.responseFormat,
    sequential: sequential ? 'auto' : 'disabled',
    ...(sequential && { sequentialOptions: { maxImages: images } }),
    ...(input.webhookUrl !== null && { webhookUrl: input.webhookUrl }),
  };
}

function deadlinesOf({ deadlines }: GenerationView, { deadlines: asked }: ConfidentialInput) {
  if (asked === undefined || deadlines === undefined) return undefined;
  const { startBy, finishBy } = deadlines;
  return { deadlines: { ...(startBy && { startBy }), ...(finishBy && { finishBy }) } };
}

function errorOf({ error }: GenerationView): object | undefined {
  if (error === null) return undefined;
  const { code, message, retryable, retryAfter } = error;
  return { code, message, retryable, ...(retryAfter !== null && { retryAfter }) };
}

/** Statuses of the native dialect: work that succeeded too long ago has expired. */
export function xmodeStatus(view: GenerationView, expiredBefore: Date): XmodeStatus {
  if (view.status !== 'succeeded' || view.finishedAt === null) return view.status;
  return Date.parse(view.finishedAt) <= expiredBefore.getTime() ? 'expired' : 'succeeded';
}

export function pollUrl(view: Pick<GenerationView, 'id' | 'baseUrl'>): string {
  return `${view.baseUrl}/v1/generations/${view.id}`;
}

/** The native dialect's record, field for field in the order in which it is sent. */
export function xmodeRecord(
  view: GenerationView,
  input: ConfidentialInput,
  outputs: OutputLinks,
  status: XmodeStatus,
): XmodeRecord {
  const error = errorOf(view);
  return {
    requestId: view.id,
    model: view.model,
    status,
    prompt: input.prompt,
    referencesCount: view.parameters.referencesCount,
    endUserEmail: input.endUserEmail,
    createdAt: view.createdAt,
    ...(status === 'queued' && { pollUrl: pollUrl(view) }),
    ...(view.finishedAt !== null && { finishedAt: view.finishedAt }),
    ...(view.redriveOf && { redriveOf: view.redriveOf }),
    ...deadlinesOf(view, input),
    input: { ...inputOf(view, input), ...input.deadlines },
    ...(status === 'succeeded' && outputs),
    ...(error && { error }),
    cost: {
      xTokens: Number(view.price.total),
      refunded: Number(view.refunded),
      ...(view.lots !== undefined && {
        lots: view.lots.map(({ lotId, tokens }) => ({ lotId, tokens: Number(tokens) })),
      }),
    },
  };
}

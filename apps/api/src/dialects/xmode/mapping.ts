import {
  type ConfidentialInput,
  DomainFailure,
  type GenerationRequestInput,
  type GenerationView,
  type SubmittedGeneration,
} from '@imprest/application';
import { type RequestedDeadlines, type VideoParameters, validationError } from '@imprest/domain';
import { pollUrl } from '@imprest/generation-records';
import type { GenerationBody, GenerationOverrides } from './requests.js';

function listOf(references: string | readonly string[] | null | undefined): readonly string[] {
  if (references === null || references === undefined) return [];
  return typeof references === 'string' ? [references] : references;
}

/** A clip where the body names what to set in motion; only its prompt may be missing. */
function videoOf({ sourceRequestId, sourceImage, duration }: GenerationBody) {
  if (!sourceRequestId) return undefined;
  return {
    sourceGenerationId: sourceRequestId,
    sourceImage: sourceImage ?? undefined,
    durationSeconds: duration ?? undefined,
  };
}

/** Left out altogether where none is asked for, so that repeats of requests without any stay the same. */
function deadlinesOf({ startBy, finishBy }: GenerationBody) {
  if (!startBy && !finishBy) return undefined;
  return { deadlines: { ...(startBy && { startBy }), ...(finishBy && { finishBy }) } };
}

/** Fields left out may also be null. @throws DomainFailure validation_error */
export function toInput(body: GenerationBody): GenerationRequestInput {
  const video = videoOf(body);
  if (!body.prompt && video === undefined) {
    throw new DomainFailure(validationError('prompt', 'is required'));
  }
  return {
    model: body.model ?? undefined,
    prompt: body.prompt ?? '',
    ...(video && { video }),
    endUserEmail: body.endUserEmail.toLowerCase(),
    references: listOf(body.references),
    size: body.size ?? undefined,
    aspectRatio: body.aspectRatio ?? undefined,
    images: body.n ?? undefined,
    sequential: body.sequential === 'auto',
    maxSequentialImages: body.sequentialOptions?.maxImages ?? undefined,
    seed: body.seed ?? undefined,
    watermark: body.watermark ?? undefined,
    guidanceScale: body.guidanceScale ?? undefined,
    responseFormat: body.responseFormat ?? undefined,
    webhookUrl: body.webhookUrl ?? null,
    ...deadlinesOf(body),
  };
}

/** The body that would ask for the same again; overrides win field by field. */
export function rerunBody(
  view: GenerationView,
  input: ConfidentialInput,
  overrides: GenerationOverrides,
): GenerationBody {
  const original = view.parameters.video
    ? originalVideo(view, input, view.parameters.video)
    : originalImages(view, input);
  const again = relativeOnly(input.deadlines);
  const given = Object.entries(overrides).filter(([, value]) => value !== null);
  return { ...original, ...again, ...Object.fromEntries(given) };
}

/** A deadline in seconds is meant again; a time of day has passed. */
function relativeOnly(deadlines: RequestedDeadlines = {}) {
  return Object.fromEntries(
    Object.entries(deadlines).filter(([, asked]) => typeof asked === 'number'),
  );
}

function originalVideo(
  { parameters, model }: GenerationView,
  { endUserEmail, prompt, webhookUrl }: ConfidentialInput,
  { sourceGenerationId, sourceImage, durationSeconds }: VideoParameters,
): GenerationBody {
  const { seed, watermark, guidanceScale } = parameters;
  return {
    endUserEmail,
    prompt,
    model,
    sourceRequestId: sourceGenerationId,
    sourceImage,
    duration: durationSeconds,
    ...{ seed, watermark, guidanceScale },
    ...(webhookUrl !== null && { webhookUrl }),
  };
}

function originalImages(view: GenerationView, input: ConfidentialInput): GenerationBody {
  const { parameters } = view;
  const { sequential, images } = parameters;
  return {
    endUserEmail: input.endUserEmail,
    prompt: input.prompt,
    model: view.model,
    ...(input.references.length > 0 && { references: [...input.references] }),
    size: parameters.size,
    aspectRatio: parameters.aspectRatio,
    ...(sequential
      ? { sequential: 'auto', sequentialOptions: { maxImages: images } }
      : { n: images, sequential: 'disabled' }),
    seed: parameters.seed,
    watermark: parameters.watermark,
    guidanceScale: parameters.guidanceScale,
    responseFormat: parameters.responseFormat,
    ...(input.webhookUrl !== null && { webhookUrl: input.webhookUrl }),
  };
}

export interface Receipt {
  readonly requestId: string;
  readonly model: string;
  readonly status: 'queued';
  readonly prompt: string;
  readonly referencesCount: number;
  readonly endUserEmail: string;
  readonly createdAt: string;
  readonly pollUrl: string;
}

/** The answer of 202, the same again for a repeat of its idempotency key. */
export function toReceipt(
  submitted: SubmittedGeneration,
  input: GenerationRequestInput,
  baseUrl: string,
): Receipt {
  return {
    requestId: submitted.id,
    model: submitted.model,
    status: 'queued',
    prompt: input.prompt,
    referencesCount: input.references.length,
    endUserEmail: input.endUserEmail,
    createdAt: submitted.createdAt,
    pollUrl: pollUrl({ id: submitted.id, baseUrl }),
  };
}

import {
  type GenerationRequestInput,
  type GenerationView,
  type ModelCatalogue,
  soldModel,
  uuidOfId,
} from '@imprest/application';
import {
  domainError,
  longestSide,
  type PriceDetail,
  type Resolution,
  resolutionOf,
  resolutions,
} from '@imprest/domain';
import { UNCENSORED_DIALECT, type UncensoredJob } from '@imprest/generation-records';
import { renderUncensoredError } from './errors.js';
import type { ImageBody } from './requests.js';

/** What this dialect takes when a request names no model, where the operator has it. */
export const DEFAULT_MODEL = 'model-dev';
const DEFAULT_SIDE = 1_024;

export const JOBS_PATH = '/api/v1/images/generation/jobs';

type Models = Pick<ModelCatalogue, 'resolve' | 'aliases' | 'priceBook' | 'defaultVideo'>;

function modelOf(models: Models, alias: string | null | undefined): string {
  const usual = models.resolve(DEFAULT_MODEL) === undefined ? undefined : DEFAULT_MODEL;
  return soldModel(models, alias ?? usual, UNCENSORED_DIALECT, 'image').alias;
}

/** The hint can make a picture dearer, never cheaper than its pixels. */
function dearer(one: Resolution, other: Resolution): Resolution {
  return resolutions.indexOf(one) > resolutions.indexOf(other) ? one : other;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Who pays for a resolution and states no sides gets a square of that resolution. */
function sizeOf({ image_width, image_height, resolution }: ImageBody, sold: boolean): Size {
  const stated = (image_width ?? image_height ?? null) !== null;
  const side = sold && !stated && resolution ? longestSide[resolution] : DEFAULT_SIDE;
  return { width: image_width ?? side, height: image_height ?? side };
}

/** @throws DomainFailure validation_error for a model that is not sold */
export function toInput(
  body: ImageBody,
  endUserEmail: string,
  models: Models,
): GenerationRequestInput {
  const model = modelOf(models, body.model);
  const prices = models.priceBook.models[model]?.perResolution;
  const sold = body.resolution ? prices?.[body.resolution] !== undefined : false;
  const { width, height } = sizeOf(body, sold);
  const least = resolutionOf(width, height);
  const detail: PriceDetail = {
    resolution: dearer(body.resolution ?? least, least),
    quality: body.quality ?? 'medium',
  };
  const settings = body.additional_settings ?? {};
  return {
    model,
    prompt: body.prompt,
    endUserEmail,
    references: [],
    pixels: { width, height, sizeClass: 'custom' },
    detail,
    seed: settings.seed ?? undefined,
    guidanceScale: settings.guidance_scale ?? undefined,
    watermark: settings.watermark ?? undefined,
    webhookUrl: body.callback_url ?? null,
  };
}

export interface CompletedImage {
  readonly job_id: string;
  readonly status: 'completed';
  readonly url: string | null;
  readonly generation_time: number | null;
  readonly model: string;
  readonly cost: UncensoredJob['cost'];
}

/** The answer of 200. */
export function toCompletedImage(job: UncensoredJob): CompletedImage {
  const { job_id, image_url, generation_time, model, cost } = job;
  return { job_id, status: 'completed', url: image_url, generation_time, model, cost };
}

export interface AcceptedJob {
  readonly job_id: string;
  readonly status: 'processing';
  readonly status_url: string;
  readonly webhook_url: string | null;
  readonly created_at: string;
  readonly cost: UncensoredJob['cost'];
}

interface Accepted {
  readonly id: string;
  readonly createdAt: string;
  readonly baseUrl: string;
  readonly price: { readonly total: string };
}

/** The answer of 202, the same again for a repeat of its idempotency key. */
export function toAcceptedJob(accepted: Accepted, webhookUrl: string | null): AcceptedJob {
  const { id, createdAt, baseUrl, price } = accepted;
  const jobId = uuidOfId(id);
  return {
    job_id: jobId,
    status: 'processing',
    status_url: `${baseUrl}${JOBS_PATH}/${jobId}`,
    webhook_url: webhookUrl,
    created_at: createdAt,
    cost: { tokens: Number(price.total), refunded: 0 },
  };
}

/** What whoever waited is told: the image, or the error of a job that failed and cost nothing. */
export function toOutcome(
  job: UncensoredJob,
  failure: GenerationView['error'],
  requestId: string,
): { readonly status: number; readonly body: object } {
  if (job.status === 'completed') return { status: 200, body: toCompletedImage(job) };
  const message = job.error?.message ?? 'the job failed';
  const error = domainError(failure?.code ?? 'conflict', message);
  const { status, body } = renderUncensoredError(error, requestId);
  return { status, body: { job_id: job.job_id, status: job.status, ...body, cost: job.cost } };
}

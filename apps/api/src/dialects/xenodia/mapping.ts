import {
  DomainFailure,
  type GenerationRequestInput,
  type GenerationView,
  type ImageModel,
  type SubmittedGeneration,
} from '@imprest/application';
import { domainError, type ExactPixels, validationError } from '@imprest/domain';
import type { ImageLink, XmodeRecord } from '@imprest/generation-records';
import type { Capabilities } from './capabilities.js';
import { xenodiaErrors } from './errors.js';
import type { ImagesBody } from './requests.js';
import { pixelsOf, type Ratio, type Resolution, resolutionOfPixels, sizeClassOf } from './sizes.js';

export type TaskState = 'waiting' | 'running' | 'success' | 'failed';

export type ImageData = { readonly url: string } | { readonly b64_json: string };

export interface Cost {
  /** Held when the request was accepted. */
  readonly tokens: number;
  readonly refunded: number;
}

export interface Images {
  readonly created: number;
  readonly data: readonly ImageData[];
  readonly cost: Cost;
}

export interface Task {
  readonly task_id: string;
  readonly object: 'task';
  readonly model: string;
  readonly type: 'image';
  readonly state: TaskState;
  readonly created_at: number;
  readonly poll_url: string;
  readonly finished_at?: number;
  readonly data?: readonly ImageData[];
  readonly error?: { readonly code: string; readonly message: string };
  readonly cost?: Cost;
}

const refused = (field: string, rule: string) => new DomainFailure(validationError(field, rule));

function oneOf<T extends string>(
  field: string,
  given: string,
  supported: readonly T[],
  model: string,
): T {
  const found = supported.find((value) => value === given);
  if (found !== undefined) return found;
  throw refused(field, `must be one of ${supported.join(', ')} for model ${model}`);
}

function explicitPixels(size: string, model: string, { sizes, custom_sizes }: Capabilities) {
  const match = /^([1-9][0-9]{0,4})x([1-9][0-9]{0,4})$/.exec(size);
  if (match === null) throw refused('size', 'must be WxH such as 1024x1024, or auto');
  const [width, height] = [Number(match[1]), Number(match[2])];
  if (custom_sizes !== null) return { width, height, sizeClass: 'custom' } as const;
  oneOf('size', size, sizes, model);
  const resolution = resolutionOfPixels(width, height);
  return { width, height, sizeClass: resolution ? sizeClassOf(resolution) : 'custom' } as const;
}

type Size = Pick<GenerationRequestInput, 'pixels' | 'size' | 'aspectRatio'>;

/** Exact pixels, but for a preset that follows the first reference's shape. */
function sizeOf(body: ImagesBody, references: number, model: string, can: Capabilities): Size {
  const { aspect_ratio, resolution, size } = body;
  if (size && size !== 'auto') {
    if (aspect_ratio || resolution) {
      throw refused('size', 'cannot be combined with aspect_ratio or resolution');
    }
    return { pixels: explicitPixels(size, model, can) };
  }
  const [least = '1K'] = can.resolutions;
  if (!aspect_ratio && references > 0 && resolution !== '1K' && can.resolutions.includes('2K')) {
    const preset = resolution ? oneOf('resolution', resolution, can.resolutions, model) : '2K';
    return { size: preset };
  }
  const chosen: Resolution = resolution
    ? oneOf('resolution', resolution, can.resolutions, model)
    : least;
  const ratio = oneOf('aspect_ratio', aspect_ratio || '1:1', can.aspect_ratios, model) as Ratio;
  const [width, height] = pixelsOf(chosen, ratio);
  const pixels: ExactPixels = { width, height, sizeClass: sizeClassOf(chosen) };
  return { pixels };
}

function listOf(urls: string | readonly string[] | null | undefined): readonly string[] {
  if (urls === null || urls === undefined) return [];
  return typeof urls === 'string' ? [urls] : urls;
}

/**
 * @param uploaded ids of references that came as files, after those of `image_input`
 * @throws DomainFailure validation_error for what the model does not support
 */
export function toInput(
  body: ImagesBody,
  uploaded: readonly string[],
  model: ImageModel,
  can: Capabilities,
  endUserEmail: string,
): GenerationRequestInput {
  const references = [...listOf(body.image_input), ...uploaded];
  const { alias } = model;
  if (body.output_format) oneOf('output_format', body.output_format, can.output_formats, alias);
  if (references.length > can.max_references) {
    throw refused('image_input', `must be at most ${can.max_references} for model ${alias}`);
  }
  return {
    model: alias,
    prompt: body.prompt,
    endUserEmail,
    references,
    ...sizeOf(body, references.length, alias, can),
    images: body.n ?? undefined,
    responseFormat: body.response_format ?? undefined,
    webhookUrl: null,
  };
}

const TASK_ID = /^task_([0-9a-z]{26})$/;

export const taskIdOf = (generationId: string) => generationId.replace(/^req_/, 'task_');

/** Undefined for what cannot be a task's id. */
export function generationIdOf(taskId: string): string | undefined {
  const match = TASK_ID.exec(taskId);
  return match === null ? undefined : `req_${match[1]}`;
}

const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);

/** Images that storage lost are left out: they were given back. */
function dataOf(images: readonly ImageLink[] = []): readonly ImageData[] {
  return images.flatMap((image): readonly ImageData[] => {
    if ('url' in image) return [{ url: image.url }];
    return 'b64_json' in image ? [{ b64_json: image.b64_json }] : [];
  });
}

const costOf = ({ cost }: XmodeRecord): Cost => ({ tokens: cost.xTokens, refunded: cost.refunded });

function envelope(id: string, model: string, createdAt: string, state: TaskState): Task {
  const taskId = taskIdOf(id);
  return {
    task_id: taskId,
    object: 'task',
    model,
    type: 'image',
    state,
    created_at: seconds(createdAt),
    poll_url: `/v1/tasks/${taskId}`,
  };
}

/** The answer of 202, the same again for a repeat of its idempotency key. */
export function toAcceptedTask({ id, model, createdAt }: SubmittedGeneration): Task {
  return envelope(id, model, createdAt, 'waiting');
}

const STATES = {
  queued: 'waiting',
  processing: 'running',
  succeeded: 'success',
  expired: 'success',
  failed: 'failed',
  cancelled: 'failed',
} as const satisfies Record<XmodeRecord['status'], TaskState>;

const CANCELLED = { code: 'cancelled', message: 'the work was cancelled' };

type Failure = Pick<NonNullable<GenerationView['error']>, 'code' | 'message'>;

/** A task as it stands; `data` of one whose images have expired is empty. */
export function toTask(record: XmodeRecord, failure: Failure | null): Task {
  const state = STATES[record.status];
  const open = envelope(record.requestId, record.model, record.createdAt, state);
  if (record.finishedAt === undefined) return open;
  const ended = { ...open, finished_at: seconds(record.finishedAt) };
  const cost = costOf(record);
  if (state === 'success') return { ...ended, data: dataOf(record.images), cost };
  const { message } = failure ?? CANCELLED;
  const code = failure === null ? CANCELLED.code : xenodiaErrors[failure.code].code;
  return { ...ended, error: { code, message }, cost };
}

const uncharged = (message: string) =>
  message.endsWith('nothing was charged') ? message : `${message}; nothing was charged`;

/** The answer to whoever waited. @throws DomainFailure for work that has no image to show */
export function toImages(record: XmodeRecord, failure: Failure | null): Images {
  if (failure !== null) {
    throw new DomainFailure(domainError(failure.code, uncharged(failure.message)));
  }
  if (record.status === 'cancelled') {
    throw new DomainFailure(domainError('conflict', `${CANCELLED.message}; nothing was charged`));
  }
  if (record.status === 'expired') {
    throw new DomainFailure(domainError('not_found', 'the images of this request have expired'));
  }
  return {
    created: seconds(record.createdAt),
    data: dataOf(record.images),
    cost: costOf(record),
  };
}

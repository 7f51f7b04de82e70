import type {
  CharacterRecord,
  Depiction,
  GenerationRequestInput,
  GenerationView,
  ModelCatalogue,
  OpenEndpoint,
} from '@imprest/application';
import { domainError, type ExactPixels, type WebhookEventName } from '@imprest/domain';
import type { XaviraGeneration } from '@imprest/generation-records';
import { renderXaviraError } from './errors.js';
import type { ImageBody, VideoBody } from './requests.js';

const USUAL_RESOLUTION = '896x1152';

export interface CharacterAnswer {
  readonly character_id: string;
  readonly model_id: string;
  readonly name: string;
  readonly traits: CharacterRecord['traits'];
  readonly created_at: string;
  readonly updated_at: string;
}

export function toCharacter(character: CharacterRecord): CharacterAnswer {
  const { id, model, name, traits, createdAt, updatedAt } = character;
  return {
    character_id: id,
    model_id: model,
    name,
    traits,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

function pixelsOf(resolution: string): ExactPixels {
  const [width = 0, height = 0] = resolution.split('x').map(Number);
  return { width, height, sizeClass: 'custom' };
}

export function toImageInput(
  { resolution }: ImageBody,
  depiction: Depiction,
  endUserEmail: string,
): GenerationRequestInput {
  const pixels = pixelsOf(resolution ?? USUAL_RESOLUTION);
  return { ...depiction, endUserEmail, references: [], pixels, webhookUrl: null };
}

/** What this dialect takes for clips, where the operator sells it to the dialect. */
export const VIDEO_MODEL = 'character-motion';

export function toVideoInput(
  { generation_id, prompt, duration }: VideoBody,
  models: Pick<ModelCatalogue, 'resolve'>,
  endUserEmail: string,
): GenerationRequestInput {
  return {
    model: models.resolve(VIDEO_MODEL)?.enabled ? VIDEO_MODEL : undefined,
    prompt: prompt ?? '',
    endUserEmail,
    references: [],
    video: { sourceGenerationId: generation_id, durationSeconds: duration ?? undefined },
    webhookUrl: null,
  };
}

export interface WebhookAnswer {
  readonly webhook_id: string;
  readonly url: string;
  readonly events: readonly WebhookEventName[];
  readonly created_at: string;
}

export function toWebhook({ id, url, events, registeredAt }: OpenEndpoint): WebhookAnswer {
  return { webhook_id: id, url, events, created_at: registeredAt };
}

/** What whoever waited is told: the output, where to look for it, or the error of what failed and cost nothing. */
export function toOutcome(
  generation: XaviraGeneration,
  failure: GenerationView['error'],
  requestId: string,
): { readonly status: number; readonly body: object } {
  const { status, error, generation_id, cost_credits, refunded_credits } = generation;
  if (status === 'completed') return { status: 201, body: generation };
  if (status !== 'failed') return { status: 202, body: generation };
  const why = domainError(failure?.code ?? 'conflict', error?.message ?? 'the generation failed');
  const answer = renderXaviraError(why, requestId);
  const facts = { generation_id, status, cost_credits, refunded_credits };
  return { status: answer.status, body: { ...answer.body, ...facts } };
}

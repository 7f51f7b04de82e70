import { type DomainError, validationError } from '../shared/domain-error.js';
import type { SealedSecret } from '../tenant/index.js';

/** What can happen that a receiver may want to hear of. */
export const webhookEventNames = [
  'generation.started',
  'generation.completed',
  'generation.failed',
  'generation.cancelled',
  'account.low_balance',
  'endpoint.disabled',
] as const;
export type WebhookEventName = (typeof webhookEventNames)[number];

/** In the xavira dialect a generation that was cancelled has failed. */
export const xaviraEventNames = [
  'generation.completed',
  'generation.failed',
] as const satisfies readonly WebhookEventName[];

/** What waits for what: nothing, the earlier messages about the same generation, or all earlier ones. */
export const endpointOrderings = ['none', 'generation', 'endpoint'] as const;
export type EndpointOrdering = (typeof endpointOrderings)[number];

/** What a tenant may change of an endpoint. */
export interface EndpointSettings {
  /** What it is told of; everything else passes it by. */
  readonly events: readonly WebhookEventName[];
  /** URL to call: it may hold a secret. */
  readonly target: SealedSecret;
  /** JSON object of header names and values that go along; null for none. */
  readonly headers: SealedSecret | null;
  readonly ordering: EndpointOrdering;
  /** Deliveries begun in a second; null for as many as come. */
  readonly perSecond: number | null;
  /** Deliveries under way at a time. */
  readonly concurrency: number;
  /** Seconds before the second, third … attempt; null for the usual ones. */
  readonly retryDelays: readonly number[] | null;
}

export const endpointBounds = {
  perSecond: 1_000,
  concurrency: 32,
  retries: 20,
  /** A day. */
  retryDelaySeconds: 86_400,
  /** A week. */
  retriesTakeSeconds: 604_800,
} as const;

const isWithin = (value: number, most: number) =>
  Number.isSafeInteger(value) && value >= 1 && value <= most;

/** The rule that settings break, if they do. */
export function settingsProblem(settings: EndpointSettings): DomainError | undefined {
  const { events, perSecond, concurrency, retryDelays } = settings;
  const { retries, retryDelaySeconds, retriesTakeSeconds } = endpointBounds;
  if (events.length === 0) return validationError('events', 'must not be empty');
  if (perSecond !== null && !isWithin(perSecond, endpointBounds.perSecond)) {
    return validationError('perSecond', `must be 1 to ${endpointBounds.perSecond}`);
  }
  if (!isWithin(concurrency, endpointBounds.concurrency)) {
    return validationError('concurrency', `must be 1 to ${endpointBounds.concurrency}`);
  }
  if (retryDelays === null) return undefined;
  if (retryDelays.length > retries || !retryDelays.every((s) => isWithin(s, retryDelaySeconds))) {
    const rule = `must be at most ${retries} waits of 1 to ${retryDelaySeconds} seconds`;
    return validationError('retryDelays', rule);
  }
  const seconds = retryDelays.reduce((sum, delay) => sum + delay, 0);
  if (seconds <= retriesTakeSeconds) return undefined;
  return validationError('retryDelays', `must take ${retriesTakeSeconds} seconds at most`);
}

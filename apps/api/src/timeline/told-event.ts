import { failureMeanings } from '@imprest/application';
import {
  type Allocation,
  type AttemptUsage,
  type DomainEvent,
  type FailureClass,
  sumOfAllocations,
} from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';

type DataOf<T extends DomainEvent['type']> = Extract<DomainEvent, { type: T }>['data'];
type Facts = { readonly kind: string; readonly [fact: string]: unknown };
type Words = { readonly [T in DomainEvent['type']]?: (data: DataOf<T>) => Facts };

const tokensOf = (allocations: readonly Allocation[]) => Number(sumOfAllocations(allocations));
const lotsOf = (allocations: readonly Allocation[]) =>
  allocations.map(({ lotId, tokens }) => ({ lotId, tokens: Number(tokens) }));
const costOf = ({
  charged,
  refunded,
}: {
  readonly charged: bigint;
  readonly refunded: bigint;
}) => ({
  charged: Number(charged),
  returned: Number(refunded),
});
const gpuTimeOf = (usage: AttemptUsage | null) => ({ gpuMs: usage?.gpuMs ?? null });

/** What a class of failures means to the tenant; the words of the work itself only where they are for him. */
function failureOf({ failureClass, message }: { failureClass: FailureClass; message: string }) {
  const meaning = failureMeanings[failureClass];
  const { code, retryable } = meaning;
  return { error: { code, message: meaning.message ?? message, retryable } };
}

const ofGeneration: Words = {
  GenerationRequested: ({ price, dialect }) => ({
    ...{ kind: 'requested', dialect, model: price.model, images: price.images },
    price: Number(price.total),
  }),
  GenerationStarted: ({ attempt }) => ({ kind: 'started', attempt }),
  ImageStored: ({ index: image, mediaType, width, height }) => ({
    ...{ kind: 'image_stored', image, mediaType, width, height },
  }),
  ImageLost: ({ index: image }) => ({ kind: 'image_lost', image }),
  GenerationSucceeded: ({ images, ...cost }) => ({ kind: 'succeeded', images, ...costOf(cost) }),
  GenerationFailed: ({ code, message, retryable, ...cost }) => ({
    ...{ kind: 'failed', error: { code, message, retryable } },
    ...costOf(cost),
  }),
  GenerationCancelled: (cost) => ({ kind: 'cancelled', ...costOf(cost) }),
};

const ofWork: Words = {
  JobQueued: () => ({ kind: 'queued' }),
  JobLeased: ({ attempt }) => ({ kind: 'attempt_started', attempt }),
  JobAttemptFailed: ({ attempt, retryAt, usage, ...failure }) => ({
    ...{ kind: 'attempt_failed', attempt, retryAt },
    ...gpuTimeOf(usage),
    ...failureOf(failure),
  }),
  JobSucceeded: ({ stored, usage }) => ({
    ...{ kind: 'attempt_succeeded', images: stored.length },
    ...gpuTimeOf(usage),
  }),
  JobOutputWithheld: ({ index: image }) => ({ kind: 'image_withheld', image }),
  JobDeadLettered: ({ attempts, ...failure }) => ({
    ...{ kind: 'given_up', attempts },
    ...failureOf(failure),
  }),
  JobRedriven: ({ generationId }) => ({ kind: 'done_again', generationId }),
  JobDeadlineMissed: ({ deadline, at: deadlineAt }) => ({
    ...{ kind: 'deadline_missed', deadline, deadlineAt },
  }),
  JobCancelled: () => ({ kind: 'work_stopped' }),
};

const ofAccount: Words = {
  TokensHeld: ({ tokens, allocations }) => ({
    ...{ kind: 'held', held: Number(tokens), lots: lotsOf(allocations) },
  }),
  HoldSettled: ({ captured, released }) => ({
    ...{ kind: 'settled', charged: tokensOf(captured), returned: tokensOf(released) },
    lots: lotsOf(captured),
  }),
  HoldReleased: ({ released }) => ({
    ...{ kind: 'released', charged: 0, returned: tokensOf(released), lots: lotsOf(released) },
  }),
  TokensRefunded: ({ allocations }) => ({
    ...{ kind: 'refunded', returned: tokensOf(allocations), lots: lotsOf(allocations) },
  }),
};

const ofWebhooks: Words = {
  WebhookMessageCreated: ({ endpointId, event }) => ({
    ...{ kind: 'webhook_created', endpointId, event },
  }),
  WebhookAttempted: ({
    attempt,
    outcome,
    status,
    error: webhookError,
    elapsedMs,
    nextAttemptAt,
  }) => ({
    ...{ kind: 'webhook_attempted', attempt, outcome, status, webhookError },
    ...{ elapsedMs, retryAt: nextAttemptAt },
  }),
  WebhookRedeliveryRequested: () => ({ kind: 'webhook_asked_again' }),
  WebhookMessageWithdrawn: () => ({ kind: 'webhook_withdrawn' }),
  WebhookMessageExpired: () => ({ kind: 'webhook_expired' }),
};

const words: Words = { ...ofGeneration, ...ofWork, ...ofAccount, ...ofWebhooks };

export interface TimelineEvent extends Facts {
  /** Of the event: the same however often it is read. */
  readonly id: string;
  readonly at: string;
}

/** Whether tenants hear of an event at all. */
export const isTold = ({ type }: Pick<RecordedEvent, 'type'>): boolean =>
  Object.hasOwn(words, type);

/** An event in words for the tenant: no name of a machine, no message that is for operators. @throws Error when it is not told */
export function toldEvent(recorded: RecordedEvent): TimelineEvent {
  const event = toDomainEvent(recorded);
  const tell = words[event.type] as ((data: DomainEvent['data']) => Facts) | undefined;
  if (tell === undefined) throw new Error(`tenants are not told of ${event.type}`);
  const messageId = event.type.startsWith('Webhook')
    ? { messageId: streamId(recorded.stream) }
    : {};
  return {
    id: recorded.eventId,
    at: recorded.metadata.occurredAt,
    ...messageId,
    ...tell(event.data),
  };
}

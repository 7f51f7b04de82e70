import {
  accepted,
  type Decider,
  type Decision,
  type DomainFact,
  rejected,
} from '../shared/decider.js';
import { domainError } from '../shared/domain-error.js';
import { webhookEventNames } from '../webhook-endpoint/settings.js';

export const messageSubjectKinds = ['generation', 'low_balance', 'endpoint', 'test'] as const;

/** What a message is about. */
export interface MessageSubject {
  /**
   * `low_balance`: the tenant's balance crossed its threshold. `endpoint`: one was disabled.
   * `test`: nothing happened, an endpoint is tried.
   */
  readonly kind: (typeof messageSubjectKinds)[number];
  /** Of the generation or endpoint, or the number of the crossing. */
  readonly id: string;
}

/** What a message tells: it happened, or it is a test. */
export const messageEventNames = [...webhookEventNames, 'webhook.test'] as const;
export type MessageEventName = (typeof messageEventNames)[number];

/** One message to one receiver. Every attempt carries the same message id, so duplicates can be told. */
export type WebhookMessageCreated = DomainFact<
  'WebhookMessageCreated',
  {
    readonly tenantId: string;
    readonly about: MessageSubject;
    /** Of the endpoint that hears of it; null for one whose URL came with its subject. */
    readonly endpointId: string | null;
    /** Null in messages made before it was kept. */
    readonly event: MessageEventName | null;
    /** Grows with every message of its endpoint, with gaps; null for one that has no endpoint. */
    readonly sequence: number | null;
  }
>;

export type WebhookAttemptOutcome = 'delivered' | 'retry' | 'exhausted' | 'refused';

export type WebhookAttempted = DomainFact<
  'WebhookAttempted',
  {
    readonly attempt: number;
    readonly outcome: WebhookAttemptOutcome;
    /** HTTP status, null when there was no answer. */
    readonly status: number | null;
    readonly error: string | null;
    readonly elapsedMs: number;
    /** ISO 8601, null when no further attempt is planned. */
    readonly nextAttemptAt: string | null;
  }
>;

/** Someone asked for the message again, whatever became of it. */
export type WebhookRedeliveryRequested = DomainFact<
  'WebhookRedeliveryRequested',
  {
    readonly reason: string;
    /** Of the recovery that asked for it among others; null for a message asked for by itself. */
    readonly recoveryId: string | null;
  }
>;

/** What the message was about is gone. */
export type WebhookMessageWithdrawn = DomainFact<
  'WebhookMessageWithdrawn',
  { readonly reason: string }
>;

/** It waited for its endpoint for too long, or too much did. It may be asked for again. */
export type WebhookMessageExpired = DomainFact<
  'WebhookMessageExpired',
  { readonly reason: string }
>;

export type WebhookMessageEvent =
  | WebhookMessageCreated
  | WebhookAttempted
  | WebhookRedeliveryRequested
  | WebhookMessageWithdrawn
  | WebhookMessageExpired;

export interface CreateWebhookMessage {
  readonly type: 'CreateWebhookMessage';
  readonly message: WebhookMessageCreated['data'];
}

export interface RecordWebhookAttempt {
  readonly type: 'RecordWebhookAttempt';
  /** From 1 over the whole life of the message: the same attempt told twice counts once. */
  readonly attempt: number;
  readonly result: Omit<WebhookAttempted['data'], 'attempt'>;
}

export interface RequestRedelivery {
  readonly type: 'RequestRedelivery';
  readonly reason: string;
  readonly recoveryId: string | null;
}

export interface WithdrawWebhookMessage {
  readonly type: 'WithdrawWebhookMessage';
  readonly reason: string;
}

export interface ExpireWebhookMessage {
  readonly type: 'ExpireWebhookMessage';
  readonly reason: string;
}

export type WebhookMessageCommand =
  | CreateWebhookMessage
  | RecordWebhookAttempt
  | RequestRedelivery
  | WithdrawWebhookMessage
  | ExpireWebhookMessage;

export const webhookMessageStatuses = [
  'pending',
  'delivered',
  'exhausted',
  'refused',
  'withdrawn',
  'expired',
] as const;
export type WebhookMessageStatus = (typeof webhookMessageStatuses)[number];

export interface WebhookMessageState {
  status: 'none' | WebhookMessageStatus;
  tenantId: string;
  about: MessageSubject;
  endpointId: string | null;
  event: MessageEventName | null;
  sequence: number | null;
  attempts: number;
  /** Attempts since the last redelivery request: the retry schedule starts anew with each. */
  attemptsInRound: number;
  /** Of the recovery that asked for it last: such messages wait behind all others. */
  recoveryId: string | null;
}

function recordAttempt(
  state: WebhookMessageState,
  { attempt, result }: RecordWebhookAttempt,
): Decision<WebhookMessageEvent> {
  if (state.status !== 'pending' || attempt <= state.attempts) return accepted();
  if (attempt !== state.attempts + 1) {
    return rejected(domainError('conflict', `attempt ${attempt} cannot follow ${state.attempts}`));
  }
  return accepted({ type: 'WebhookAttempted', data: { attempt, ...result } });
}

function decide(
  command: WebhookMessageCommand,
  state: WebhookMessageState,
): Decision<WebhookMessageEvent> {
  if (command.type === 'CreateWebhookMessage') {
    if (state.status !== 'none') return accepted();
    return accepted({ type: 'WebhookMessageCreated', data: command.message });
  }
  if (state.status === 'none') return rejected(domainError('not_found', 'no such webhook message'));
  switch (command.type) {
    case 'RecordWebhookAttempt':
      return recordAttempt(state, command);
    case 'RequestRedelivery':
      if (state.status === 'withdrawn') {
        return rejected(domainError('conflict', 'what the message was about is deleted'));
      }
      if (state.status === 'pending' && state.attemptsInRound === 0) return accepted();
      return accepted({
        type: 'WebhookRedeliveryRequested',
        data: { reason: command.reason, recoveryId: command.recoveryId },
      });
    case 'WithdrawWebhookMessage':
      if (state.status === 'withdrawn') return accepted();
      return accepted({ type: 'WebhookMessageWithdrawn', data: { reason: command.reason } });
    case 'ExpireWebhookMessage':
      if (state.status !== 'pending') return accepted();
      return accepted({ type: 'WebhookMessageExpired', data: { reason: command.reason } });
  }
}

function evolve(state: WebhookMessageState, event: WebhookMessageEvent): WebhookMessageState {
  switch (event.type) {
    case 'WebhookMessageCreated':
      state.status = 'pending';
      state.tenantId = event.data.tenantId;
      state.about = event.data.about;
      state.endpointId = event.data.endpointId;
      state.event = event.data.event;
      state.sequence = event.data.sequence;
      break;
    case 'WebhookAttempted':
      state.attempts = event.data.attempt;
      state.attemptsInRound += 1;
      if (event.data.outcome !== 'retry') state.status = event.data.outcome;
      break;
    case 'WebhookRedeliveryRequested':
      state.status = 'pending';
      state.attemptsInRound = 0;
      state.recoveryId = event.data.recoveryId;
      break;
    case 'WebhookMessageWithdrawn':
      state.status = 'withdrawn';
      break;
    case 'WebhookMessageExpired':
      state.status = 'expired';
      break;
    default:
      event satisfies never;
  }
  return state;
}

export const webhookMessage: Decider<
  WebhookMessageCommand,
  WebhookMessageState,
  WebhookMessageEvent
> = {
  category: 'webhookMessage',
  initialState: () => ({
    status: 'none',
    tenantId: '',
    about: { kind: 'generation', id: '' },
    endpointId: null,
    event: null,
    sequence: null,
    attempts: 0,
    attemptsInRound: 0,
    recoveryId: null,
  }),
  decide,
  evolve,
};

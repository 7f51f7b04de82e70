import {
  accepted,
  type Decider,
  type Decision,
  type DomainFact,
  rejected,
} from '../shared/decider.js';
import { domainError, validationError } from '../shared/domain-error.js';
import { isTimestamp } from '../shared/timestamp.js';

/** `pending`: an attempt has failed and another one is planned. */
export const recoverableStatuses = [
  'pending',
  'exhausted',
  'refused',
  'delivered',
  'expired',
] as const;
export type RecoverableStatus = (typeof recoverableStatuses)[number];

/** Which messages are sent again. */
export interface RecoverySelection {
  /** Of one endpoint; null for those of all URLs. */
  readonly endpointId: string | null;
  readonly statuses: readonly RecoverableStatus[];
  /** ISO 8601: made then or later. */
  readonly since: string;
  /** ISO 8601: made before. */
  readonly until: string;
}

/** Somebody wants messages again that did not arrive. */
export type WebhookRecoveryRequested = DomainFact<
  'WebhookRecoveryRequested',
  RecoverySelection & { readonly recoveryId: string; readonly reason: string }
>;

/** One more page of messages was asked for again. */
export type WebhookRecoveryAdvanced = DomainFact<
  'WebhookRecoveryAdvanced',
  {
    readonly recoveryId: string;
    /** From 1. */
    readonly page: number;
    /** Messages on the page. */
    readonly looked: number;
    /** Of them, those that are sent again: the others were on their way already, or their content is gone. */
    readonly recovered: number;
    /** After which message the next page begins. */
    readonly cursor: string;
  }
>;

/** `bounded`: there may be more messages than one recovery looks at. */
export const recoveryOutcomes = ['complete', 'bounded'] as const;
export type RecoveryOutcome = (typeof recoveryOutcomes)[number];

export type WebhookRecoveryEnded = DomainFact<
  'WebhookRecoveryEnded',
  { readonly recoveryId: string; readonly outcome: RecoveryOutcome }
>;

export type WebhookRecoveryEvent =
  | WebhookRecoveryRequested
  | WebhookRecoveryAdvanced
  | WebhookRecoveryEnded;

export interface RequestRecovery {
  readonly type: 'RequestRecovery';
  readonly recovery: WebhookRecoveryRequested['data'];
}

export interface AdvanceRecovery {
  readonly type: 'AdvanceRecovery';
  readonly recoveryId: string;
  /** The same page told twice counts once. */
  readonly page: number;
  readonly looked: number;
  readonly recovered: number;
  /** Null when nothing is left. */
  readonly cursor: string | null;
}

export type WebhookRecoveryCommand = RequestRecovery | AdvanceRecovery;

export interface WebhookRecovery extends RecoverySelection {
  readonly recoveryId: string;
  status: 'running' | RecoveryOutcome;
  pages: number;
  looked: number;
  recovered: number;
  /** Null before the first page. */
  cursor: string | null;
}

/** The latest recoveries of a tenant: one runs at a time. */
export interface WebhookRecoveryState {
  /** In the order in which they were asked for. */
  readonly recoveries: Map<string, WebhookRecovery>;
}

export const MAX_RECOVERY_MESSAGES = 100_000;
const REMEMBERED = 100;

function request(
  { recovery }: RequestRecovery,
  { recoveries }: WebhookRecoveryState,
): Decision<WebhookRecoveryEvent> {
  const { recoveryId, endpointId, statuses, since, until } = recovery;
  const known = recoveries.get(recoveryId);
  if (known !== undefined) {
    const isSame =
      known.endpointId === endpointId &&
      known.since === since &&
      String(known.statuses) === String(statuses);
    if (isSame) return accepted();
    return rejected(domainError('conflict', 'this key was used for another recovery'));
  }
  if (statuses.length === 0) return rejected(validationError('statuses', 'must not be empty'));
  if (!isTimestamp(since) || !isTimestamp(until) || since >= until) {
    return rejected(validationError('since', 'must be a time before until'));
  }
  if ([...recoveries.values()].some(({ status }) => status === 'running')) {
    return rejected(domainError('conflict', 'a recovery is under way: wait until it has ended'));
  }
  return accepted({ type: 'WebhookRecoveryRequested', data: recovery });
}

function advance(
  { recoveryId, page, looked, recovered, cursor }: AdvanceRecovery,
  recovery: WebhookRecovery,
): Decision<WebhookRecoveryEvent> {
  if (recovery.status !== 'running' || page <= recovery.pages) return accepted();
  if (page !== recovery.pages + 1) {
    return rejected(domainError('conflict', `page ${page} cannot follow ${recovery.pages}`));
  }
  const events: WebhookRecoveryEvent[] = [];
  if (looked > 0) {
    const after = cursor ?? recovery.cursor ?? '';
    const data = { recoveryId, page, looked, recovered, cursor: after };
    events.push({ type: 'WebhookRecoveryAdvanced', data });
  }
  const isBounded = recovery.looked + looked >= MAX_RECOVERY_MESSAGES;
  if (cursor === null || isBounded) {
    const outcome = cursor === null ? 'complete' : 'bounded';
    events.push({ type: 'WebhookRecoveryEnded', data: { recoveryId, outcome } });
  }
  return accepted(...events);
}

function decide(
  command: WebhookRecoveryCommand,
  state: WebhookRecoveryState,
): Decision<WebhookRecoveryEvent> {
  if (command.type === 'RequestRecovery') return request(command, state);
  const recovery = state.recoveries.get(command.recoveryId);
  if (recovery === undefined) return rejected(domainError('not_found', 'no such recovery'));
  return advance(command, recovery);
}

function evolve(state: WebhookRecoveryState, event: WebhookRecoveryEvent): WebhookRecoveryState {
  const { recoveries } = state;
  const { recoveryId } = event.data;
  if (event.type === 'WebhookRecoveryRequested') {
    const { reason: _reason, ...selection } = event.data;
    const progress = { pages: 0, looked: 0, recovered: 0, cursor: null };
    recoveries.set(recoveryId, { ...selection, status: 'running', ...progress });
    const [oldest] = recoveries.keys();
    if (recoveries.size > REMEMBERED && oldest !== undefined) recoveries.delete(oldest);
    return state;
  }
  const recovery = recoveries.get(recoveryId);
  if (recovery === undefined) return state;
  switch (event.type) {
    case 'WebhookRecoveryAdvanced':
      recovery.pages = event.data.page;
      recovery.looked += event.data.looked;
      recovery.recovered += event.data.recovered;
      recovery.cursor = event.data.cursor;
      break;
    case 'WebhookRecoveryEnded':
      recovery.status = event.data.outcome;
      break;
    default:
      event satisfies never;
  }
  return state;
}

export const webhookRecovery: Decider<
  WebhookRecoveryCommand,
  WebhookRecoveryState,
  WebhookRecoveryEvent
> = {
  category: 'webhookRecovery',
  initialState: () => ({ recoveries: new Map() }),
  decide,
  evolve,
};

import { accepted, type Decision, rejected } from '../shared/decider.js';
import { domainError, validationError } from '../shared/domain-error.js';
import type { CaseOpened, ModerationCaseEvent } from './events.js';
import type { ModerationCaseState } from './state.js';
import type { CaseDecision, DecisionReason, ReopeningReason } from './vocabulary.js';

export interface OpenCase {
  readonly type: 'OpenCase';
  readonly case: CaseOpened['data'];
}

/** Somebody wants to see a picture as it is. */
export interface UnblurMedia {
  readonly type: 'UnblurMedia';
  readonly assetId: string;
  readonly reason: string;
}

export interface DecideCase {
  readonly type: 'DecideCase';
  readonly decision: CaseDecision;
  readonly reason: DecisionReason;
  readonly note: string | null;
}

export interface ReopenCase {
  readonly type: 'ReopenCase';
  readonly reason: ReopeningReason;
  readonly note: string | null;
  /** ISO 8601. */
  readonly dueAt: string;
}

export type ModerationCaseCommand = OpenCase | UnblurMedia | DecideCase | ReopenCase;

type CaseOutcome = Decision<ModerationCaseEvent>;

const refused = (message: string) => rejected(domainError('conflict', message));

function unblur(state: ModerationCaseState, { assetId, reason }: UnblurMedia): CaseOutcome {
  if (!state.media.includes(assetId)) {
    return rejected(domainError('not_found', `the case has no image ${assetId}`));
  }
  if (state.grounds === 'known_file') {
    return rejected(domainError('forbidden', 'a known file is never shown'));
  }
  if (state.status === 'decided') return refused('the case is decided: reopen it to look again');
  if (reason.trim() === '') return rejected(validationError('reason', 'must say why'));
  return accepted({ type: 'MediaUnblurred', data: { assetId, reason } });
}

function decide(state: ModerationCaseState, command: DecideCase): CaseOutcome {
  const { decision, reason, note } = command;
  if (state.status === 'decided') {
    if (state.decision === decision && state.reason === reason) return accepted();
    return refused(`the case is decided already (${state.decision}): reopen it first`);
  }
  if (decision === 'takedown' && state.kind !== 'report') {
    return refused('nothing of it was delivered: there is nothing to take down');
  }
  if (reason === 'other' && (note ?? '').trim() === '') {
    return rejected(validationError('note', 'must say why where the reason is other'));
  }
  return accepted({ type: 'CaseDecided', data: { decision, reason, note } });
}

/** Something that a person has to look at, what was looked at, and what was decided, each with a reason. */
export function decideModerationCase(
  command: ModerationCaseCommand,
  state: ModerationCaseState,
): CaseOutcome {
  if (command.type === 'OpenCase') {
    if (state.status !== 'none') return accepted();
    return accepted({ type: 'CaseOpened', data: command.case });
  }
  if (state.status === 'none') return rejected(domainError('not_found', 'no such case'));
  switch (command.type) {
    case 'UnblurMedia':
      return unblur(state, command);
    case 'DecideCase':
      return decide(state, command);
    case 'ReopenCase': {
      if (state.status === 'open') return refused('the case is open');
      const { reason, note, dueAt } = command;
      return accepted({ type: 'CaseReopened', data: { reason, note, dueAt } });
    }
  }
}

import { accepted, type Decider, rejected } from '../shared/decider.js';
import { validationError } from '../shared/domain-error.js';
import type { AuditFindingEvent, FindingOpened } from './events.js';

export * from './events.js';

/** Subjects a finding may name: whoever has more has a list to make, not a finding. */
export const MOST_SUBJECTS = 20;

export type OpenFinding = { readonly type: 'OpenFinding' } & FindingOpened['data'];

export interface ResolveFinding {
  readonly type: 'ResolveFinding';
  /** ISO 8601. */
  readonly resolvedAt: string;
}

export type AuditFindingCommand = OpenFinding | ResolveFinding;

export interface AuditFindingState {
  /** Check that found it; null while it is not open. */
  open: string | null;
}

/** One stream for each thing found: it is opened once, resolved once, and may come back. */
export const auditFinding: Decider<AuditFindingCommand, AuditFindingState, AuditFindingEvent> = {
  category: 'auditFinding',
  initialState: () => ({ open: null }),
  decide(command, state) {
    if (command.type === 'ResolveFinding') {
      if (state.open === null) return accepted();
      const { resolvedAt } = command;
      return accepted({ type: 'FindingResolved', data: { check: state.open, resolvedAt } });
    }
    if (state.open !== null) return accepted();
    const { type: _, ...data } = command;
    if (data.subjects.length === 0 || data.subjects.length > MOST_SUBJECTS) {
      return rejected(validationError('subjects', `must be 1 to ${MOST_SUBJECTS}`));
    }
    return accepted({ type: 'FindingOpened', data });
  },
  evolve(state, event) {
    state.open = event.type === 'FindingOpened' ? event.data.check : null;
    return state;
  },
};

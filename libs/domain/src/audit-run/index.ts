import { accepted, type Decider } from '../shared/decider.js';
import type { AuditCompleted, AuditRunEvent } from './events.js';

export * from './events.js';

export type CompleteAudit = { readonly type: 'CompleteAudit' } & AuditCompleted['data'];

export interface AuditRunState {
  completed: boolean;
}

/** One stream a day: a day is audited once, whoever starts at the same time. */
export const auditRun: Decider<CompleteAudit, AuditRunState, AuditRunEvent> = {
  category: 'auditRun',
  initialState: () => ({ completed: false }),
  decide({ type: _, ...data }, { completed }) {
    return completed ? accepted() : accepted({ type: 'AuditCompleted', data });
  },
  evolve(state) {
    state.completed = true;
    return state;
  },
};

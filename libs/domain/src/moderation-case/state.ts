import type { ModerationCaseEvent } from './events.js';
import type { CaseDecision, CaseGrounds, CaseKind, DecisionReason } from './vocabulary.js';

export type CaseStatus = 'none' | 'open' | 'decided';

export interface ModerationCaseState {
  status: CaseStatus;
  kind: CaseKind;
  grounds: CaseGrounds;
  tenantId: string;
  endUserId: string;
  generationId: string | null;
  /** Asset ids. */
  media: readonly string[];
  /** The last one; it holds while a reopened case is looked at once more. */
  decision: CaseDecision | null;
  reason: DecisionReason | null;
}

export function initialModerationCase(): ModerationCaseState {
  return {
    ...{ status: 'none', kind: 'output', grounds: 'review', tenantId: '', endUserId: '' },
    ...{ generationId: null, media: [], decision: null, reason: null },
  };
}

export function evolveModerationCase(
  state: ModerationCaseState,
  event: ModerationCaseEvent,
): ModerationCaseState {
  switch (event.type) {
    case 'CaseOpened': {
      const { kind, grounds, tenantId, endUserId, generationId, media } = event.data;
      const opened = { kind, grounds, tenantId, endUserId, generationId };
      Object.assign(state, opened, { media: media.map(({ assetId }) => assetId) });
      state.status = 'open';
      break;
    }
    case 'MediaUnblurred':
      break;
    case 'CaseDecided':
      state.status = 'decided';
      state.decision = event.data.decision;
      state.reason = event.data.reason;
      break;
    case 'CaseReopened':
      state.status = 'open';
      break;
    default:
      event satisfies never;
  }
  return state;
}

/** Whether the case keeps its end user from making requests: of a known file from the start, until it is approved. */
export function blocksEndUser({
  grounds,
  decision,
}: Pick<ModerationCaseState, 'grounds' | 'decision'>): boolean {
  if (decision === 'block_end_user') return true;
  return grounds === 'known_file' && decision !== 'approve';
}

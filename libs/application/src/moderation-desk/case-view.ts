import type {
  CaseDecision,
  CaseGrounds,
  CaseKind,
  CaseMedia,
  CaseVerdict,
  DecisionReason,
  ModerationCaseEvent,
} from '@imprest/domain';
import {
  type Actor,
  type JsonObject,
  type RecordedEvent,
  streamId,
  streamName,
  toDomainEvent,
} from '@imprest/event-catalogue';
import type { EventStore } from '../ports/event-store.js';

/** One thing that happened to a case, with who did it. */
export interface CaseStep {
  readonly type: ModerationCaseEvent['type'];
  /** ISO 8601. */
  readonly at: string;
  readonly actor: Actor;
  readonly data: JsonObject;
}

/** What is known of a moderation case, as plain JSON. */
export interface CaseView {
  readonly id: string;
  readonly state: 'open' | 'decided';
  readonly kind: CaseKind;
  readonly grounds: CaseGrounds;
  /** Of the verdict that led to it; null of a report. */
  readonly category: string | null;
  readonly score: number | null;
  readonly tenantId: string;
  readonly endUserId: string;
  readonly generationId: string | null;
  readonly verdicts: readonly CaseVerdict[];
  readonly media: readonly CaseMedia[];
  readonly note: string | null;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly decision: CaseDecision | null;
  readonly reason: DecisionReason | null;
  readonly decisionNote: string | null;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  /** How often somebody saw a picture of it as it is. */
  readonly unblurred: number;
  readonly revision: number;
}

function opened(recorded: RecordedEvent): CaseView {
  const event = toDomainEvent(recorded);
  if (event.type !== 'CaseOpened') throw new Error(`${recorded.stream} begins with ${event.type}`);
  const verdict = event.data.verdicts.at(-1);
  return {
    id: streamId(recorded.stream),
    state: 'open',
    ...event.data,
    category: verdict?.category ?? null,
    score: verdict?.score ?? null,
    openedAt: recorded.metadata.occurredAt,
    ...{ decision: null, reason: null, decisionNote: null, decidedAt: null, decidedBy: null },
    unblurred: 0,
    revision: recorded.revision,
  };
}

/** Folds one event of a case's stream into its view; the first event makes the view. */
export function applyToCaseView(view: CaseView | undefined, recorded: RecordedEvent): CaseView {
  if (view === undefined) return opened(recorded);
  const event = toDomainEvent(recorded);
  const next = { ...view, revision: recorded.revision };
  switch (event.type) {
    case 'MediaUnblurred':
      return { ...next, unblurred: view.unblurred + 1 };
    case 'CaseDecided': {
      const { decision, reason, note } = event.data;
      const { occurredAt, actor } = recorded.metadata;
      const decided = { decidedAt: occurredAt, decidedBy: actor.id, decisionNote: note };
      return { ...next, state: 'decided', decision, reason, ...decided };
    }
    case 'CaseReopened':
      return { ...next, state: 'open', dueAt: event.data.dueAt };
    default:
      throw new Error(`${recorded.stream} holds ${event.type}, which is no event of a case`);
  }
}

/** The case as its stream tells it now, with everything that happened to it; undefined when there is none. */
export async function loadCase(
  store: EventStore,
  id: string,
): Promise<{ readonly view: CaseView; readonly history: readonly CaseStep[] } | undefined> {
  let view: CaseView | undefined;
  const history: CaseStep[] = [];
  for await (const page of store.readStream(streamName('moderationCase', id))) {
    for (const recorded of page) {
      view = applyToCaseView(view, recorded);
      const { occurredAt: at, actor } = recorded.metadata;
      const type = recorded.type as CaseStep['type'];
      history.push({ type, at, actor, data: recorded.data });
    }
  }
  return view && { view, history };
}

import { applyToCaseView } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { ModerationCaseRow } from '../entities/index.js';
import { foldIntoRows } from './one-row-per-stream.js';
import { tableProjector } from './table-projector.js';

function apply(row: ModerationCaseRow | undefined, recorded: RecordedEvent): ModerationCaseRow {
  const view = applyToCaseView(row?.view, recorded);
  const { id, state, kind, grounds, category, tenantId, decision, revision } = view;
  return {
    ...{ id, state, kind, grounds, category, tenantId, decision, view, revision },
    openedAt: new Date(view.openedAt),
    dueAt: new Date(view.dueAt),
  };
}

/** What moderators have to decide, and what they have decided. */
export const moderationCasesProjector = tableProjector({
  name: 'moderation-cases',
  categories: ['moderationCase'],
  minimumIntervalMs: 100,
  rows: { cases: ModerationCaseRow },
  project: (events, sql, { cases }) => foldIntoRows(events, sql, cases, apply),
});

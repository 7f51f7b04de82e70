import {
  applyToTopUpRecord,
  type TopUpRecord,
  topUpStateFromJson,
  topUpStateToJson,
} from '@imprest/application';
import { TopUpRow } from '../entities/index.js';
import { foldIntoRows } from './one-row-per-stream.js';
import { tableProjector } from './table-projector.js';

export function topUpRecord(row: TopUpRow): TopUpRecord {
  return {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    creditedAt: row.creditedAt?.toISOString() ?? null,
    state: topUpStateFromJson(row.state),
  };
}

function rowOf({ id, createdAt, updatedAt, creditedAt, state }: TopUpRecord, revision: number) {
  const { tenantId, provider, status, review } = state;
  const row: TopUpRow = {
    ...{ id, tenantId, provider, status, underReview: review !== null },
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    creditedAt: creditedAt === null ? null : new Date(creditedAt),
    expiresAt: new Date(state.expiresAt),
    state: topUpStateToJson(state),
    revision,
  };
  return row;
}

/** Lists of top-ups and the queue of those under review. */
export const topUpsProjector = tableProjector({
  name: 'top-ups',
  categories: ['topUp'],
  minimumIntervalMs: 50,
  rows: { topUps: TopUpRow },
  project: (events, sql, { topUps }) =>
    foldIntoRows(events, sql, topUps, (row, event) =>
      rowOf(applyToTopUpRecord(row && topUpRecord(row), event), event.revision),
    ),
});

import {
  applyToTopUpRecord,
  type TopUpRecord,
  topUpStateFromJson,
  topUpStateToJson,
} from '@imprest/application';
import { streamId } from '@imprest/event-catalogue';
import { TopUpRow } from '../entities/index.js';
import { isNext } from './stream-order.js';
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
  async project(events, sql, { topUps }) {
    const ids = [...new Set(events.map(({ stream }) => streamId(stream)))];
    const known = await topUps.load(
      sql,
      ids.map((id) => ({ id })),
    );
    const rows = new Map(known.map((row) => [row.id, row]));
    for (const event of events) {
      const id = streamId(event.stream);
      const row = rows.get(id);
      if (!isNext(event, row?.revision ?? -1)) continue;
      const record = applyToTopUpRecord(row && topUpRecord(row), event);
      rows.set(id, rowOf(record, event.revision));
    }
    await topUps.upsert(sql, [...rows.values()]);
  },
});

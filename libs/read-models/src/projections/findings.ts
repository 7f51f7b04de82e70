import type { AuditFindingEvent } from '@imprest/domain';
import { streamId, toDomainEvent } from '@imprest/event-catalogue';
import { FindingRow } from '../entities/index.js';
import { isNext } from './stream-order.js';
import { tableProjector } from './table-projector.js';

function openedRow(
  id: string,
  revision: number,
  event: Extract<AuditFindingEvent, { type: 'FindingOpened' }>,
): FindingRow {
  const { foundAt, ...data } = event.data;
  return { id, revision, ...data, openedAt: new Date(foundAt), resolvedAt: null };
}

/** What checks of the books have found, and what became of it. */
export const findingsProjector = tableProjector({
  name: 'findings',
  categories: ['auditFinding'],
  minimumIntervalMs: 100,
  rows: { findings: FindingRow },
  async project(events, sql, { findings }) {
    const ids = [...new Set(events.map(({ stream }) => streamId(stream)))];
    const known = await findings.load(
      sql,
      ids.map((id) => ({ id })),
    );
    const rows = new Map(known.map((row) => [row.id, row]));
    for (const recorded of events) {
      const id = streamId(recorded.stream);
      const row = rows.get(id);
      if (!isNext(recorded, row?.revision ?? -1)) continue;
      const event = toDomainEvent(recorded) as AuditFindingEvent;
      if (event.type === 'FindingOpened') {
        rows.set(id, openedRow(id, recorded.revision, event));
      } else if (row !== undefined) {
        row.revision = recorded.revision;
        row.resolvedAt = new Date(event.data.resolvedAt);
      }
    }
    await findings.upsert(sql, [...rows.values()]);
  },
});

import type { SqlTransaction } from '@imprest/application';
import {
  type RecordedEvent,
  streamCategories,
  streamCategory,
  streamId,
} from '@imprest/event-catalogue';
import { AcceptedMinuteRow, AuditTrailRow } from '../entities/index.js';
import type { BulkTable } from '../sql/bulk-table.js';
import { happenedAt } from './stream-order.js';
import { tableProjector } from './table-projector.js';

/** Of the busiest streams, the two in which nobody but keys, workers and the system acts. */
const LEFT_OUT: ReadonlySet<string> = new Set(['generation', 'webhookMessage']);
const PEOPLE: ReadonlySet<string> = new Set(['operator', 'user']);
/** Streams that have a tenant's id. */
const OF_TENANTS: ReadonlySet<string> = new Set([
  ...['tenant', 'tokenAccount', 'webhookEndpoint', 'tenantMembers', 'balanceAlert'],
]);
const LONGEST_REASON = 500;

const textIn = (data: RecordedEvent['data'], field: string) => {
  const value = data[field];
  return typeof value === 'string' ? value : null;
};

function auditRow(event: RecordedEvent): AuditTrailRow {
  const { eventId: id, type: action, stream, revision, position, data, metadata } = event;
  const { actor, correlationId } = metadata;
  const ofTenant = OF_TENANTS.has(streamCategory(stream)) ? streamId(stream) : null;
  return {
    ...{ id, at: happenedAt(event), actorKind: actor.kind, actorId: actor.id },
    ...{ action, stream, revision, position, correlationId },
    tenantId: textIn(data, 'tenantId') ?? ofTenant,
    reason: textIn(data, 'reason')?.slice(0, LONGEST_REASON) ?? null,
  };
}

async function countAccepted(
  events: readonly RecordedEvent[],
  sql: SqlTransaction,
  table: BulkTable<AcceptedMinuteRow>,
): Promise<void> {
  const counts = new Map<string, number>();
  for (const { type, metadata } of events) {
    if (type !== 'TokensHeld') continue;
    const minute = `${metadata.occurredAt.slice(0, 16)}:00.000Z`;
    counts.set(minute, (counts.get(minute) ?? 0) + 1);
  }
  const minutes = [...counts.keys()];
  const known = await table.load(
    sql,
    minutes.map((minute) => ({ minute })),
  );
  for (const { minute, accepted } of known) {
    counts.set(minute, (counts.get(minute) ?? 0) + accepted);
  }
  await table.upsert(
    sql,
    [...counts].map(([minute, accepted]) => ({ minute, accepted })),
  );
}

/** What the operator's overview and audit are made of: who did what, and how much was accepted when. */
export const controlRoomProjector = tableProjector({
  name: 'control-room',
  categories: Object.keys(streamCategories).filter((category) => !LEFT_OUT.has(category)),
  minimumIntervalMs: 500,
  rows: { acceptedMinutes: AcceptedMinuteRow, auditTrail: AuditTrailRow },
  async project(events, sql, { acceptedMinutes, auditTrail }) {
    await countAccepted(events, sql, acceptedMinutes);
    const deeds = events.filter(({ metadata }) => PEOPLE.has(metadata.actor.kind));
    await auditTrail.upsert(sql, deeds.map(auditRow));
  },
});

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

const PEOPLE: ReadonlySet<string> = new Set(['operator', 'user']);
/** Streams that have a tenant's id. */
const OF_TENANTS: ReadonlySet<string> = new Set([
  ...['tenant', 'tokenAccount', 'webhookEndpoint', 'tenantMembers', 'balanceAlert'],
]);
const LONGEST_REASON = 500;
/** Longer than any id is; what callers name themselves may be. */
const LONGEST_TARGET = 200;
const MOST_TARGETS = 20;
/** How work of operators ended is told by whoever was there to see it. */
const TOLD_WHOEVER_SAYS_IT = 'operatorRun';

const textIn = (data: RecordedEvent['data'], field: string) => {
  const value = data[field];
  return typeof value === 'string' ? value : null;
};

/** Fields that name something without saying so: what work is done on what, and what is asked for again. */
const NAMES: ReadonlySet<string> = new Set(['subject', 'work', 'redriveOf']);

const namesTarget = (field: string) =>
  NAMES.has(field) || (field.endsWith('Id') && field !== 'dataKeyId');

const idIn = (value: unknown) =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : value;

function targetsOf({ stream, data }: RecordedEvent): string[] {
  const named = Object.entries(data).flatMap(([field, value]) => {
    const id = namesTarget(field) ? idIn(value) : undefined;
    return typeof id === 'string' ? [id] : [];
  });
  const targets = new Set([streamId(stream), ...named]);
  return [...targets]
    .filter(({ length }) => length > 0 && length <= LONGEST_TARGET)
    .slice(0, MOST_TARGETS);
}

const isDeed = ({ stream, metadata }: RecordedEvent) =>
  PEOPLE.has(metadata.actor.kind) || streamCategory(stream) === TOLD_WHOEVER_SAYS_IT;

function auditRow(event: RecordedEvent): AuditTrailRow {
  const { eventId: id, type: action, stream, revision, position, data, metadata } = event;
  const { actor, correlationId } = metadata;
  const category = streamCategory(stream);
  const ofTenant = OF_TENANTS.has(category) ? streamId(stream) : null;
  return {
    ...{ id, at: happenedAt(event), actorKind: actor.kind, actorId: actor.id },
    ...{ action, stream, category, revision, position, correlationId },
    targets: targetsOf(event),
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
  categories: Object.keys(streamCategories),
  minimumIntervalMs: 500,
  rows: { acceptedMinutes: AcceptedMinuteRow, auditTrail: AuditTrailRow },
  async project(events, sql, { acceptedMinutes, auditTrail }) {
    await countAccepted(events, sql, acceptedMinutes);
    await auditTrail.upsert(sql, events.filter(isDeed).map(auditRow));
  },
});

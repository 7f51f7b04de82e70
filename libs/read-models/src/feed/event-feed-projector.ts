import type { SqlTransaction } from '@imprest/application';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { TenantEventGenerationRow, TenantEventRow } from '../entities/index.js';
import { tableProjector } from '../projections/table-projector.js';
import { type ToldEvent, toldEvent } from './told-events.js';
import { type FeedTables, keepNumbers, type ToldRow, tell } from './told-numbers.js';

/**
 * What tenants are told of, numbered in the order in which it is committed: the order of a reader's cursor.
 * A projector's transactions come one after the other, so a number never appears below one that was read, in
 * whatever order a bus brings the events; positions of the store would. A number is given once: a feed that
 * is made again has the same ones.
 */
export const eventFeedProjector = tableProjector({
  name: 'event-feed',
  categories: ['generation', 'balanceAlert', 'webhookEndpoint'],
  minimumIntervalMs: 50,
  rows: { events: TenantEventRow, generations: TenantEventGenerationRow },
  async project(events, sql, tables, live) {
    const batch = new FeedBatch(await tenantsOf(events, sql, tables));
    for (const event of events) batch.apply(event);
    await batch.save(sql, tables, live);
  },
  carryOver: keepNumbers,
});

async function tenantsOf(
  events: readonly RecordedEvent[],
  sql: SqlTransaction,
  { generations }: FeedTables,
) {
  const ids = new Set(events.map(({ stream }) => streamId(stream)));
  const rows = await generations.load(
    sql,
    [...ids].map((generationId) => ({ generationId })),
  );
  return new Map(rows.map(({ generationId, tenantId }) => [generationId, tenantId]));
}

class FeedBatch {
  private readonly told: ToldRow[] = [];
  private readonly opened = new Map<string, string>();
  private readonly ended = new Set<string>();

  /** @param tenants by generation, for generations that have not ended */
  constructor(private readonly tenants: Map<string, string>) {}

  apply(recorded: RecordedEvent): void {
    const id = streamId(recorded.stream);
    if (recorded.type === 'GenerationRequested') this.open(id, recorded);
    const told = toldEvent(recorded);
    if (told !== undefined) this.tell(told, recorded);
    if (told !== undefined && isEnd(told)) this.close(id);
  }

  async save(sql: SqlTransaction, tables: FeedTables, live: FeedTables): Promise<void> {
    const { generations } = tables;
    const opened = [...this.opened].map(([generationId, tenantId]) => ({ generationId, tenantId }));
    await generations.upsert(sql, opened);
    await generations.delete(
      sql,
      [...this.ended].map((generationId) => ({ generationId })),
    );
    if (this.told.length === 0) return;
    // A number that somebody has read must not be given to another event after a crash.
    await sql.query('set local synchronous_commit = on');
    await tell(sql, tables, live, this.told);
  }

  private open(id: string, recorded: RecordedEvent): void {
    const event = toDomainEvent(recorded);
    if (event.type !== 'GenerationRequested') return;
    this.tenants.set(id, event.data.tenantId);
    this.opened.set(id, event.data.tenantId);
  }

  private tell({ type, subjectId, tenantId }: ToldEvent, recorded: RecordedEvent): void {
    // Of a generation that has ended every event was seen before.
    const tenant = tenantId ?? this.tenants.get(subjectId);
    if (tenant === undefined) return;
    const { eventId, metadata } = recorded;
    this.told.push([eventId, tenant, type, subjectId, metadata.occurredAt]);
  }

  private close(id: string): void {
    this.tenants.delete(id);
    this.opened.delete(id);
    this.ended.add(id);
  }
}

const ENDS = new Set(['generation.completed', 'generation.failed', 'generation.cancelled']);
const isEnd = ({ type }: ToldEvent) => ENDS.has(type);

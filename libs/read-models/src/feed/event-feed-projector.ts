import type { Projector, SqlTransaction } from '@imprest/application';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { type ToldEvent, toldEvent } from './told-events.js';

const TENANTS = `
  select generation_id as id, tenant_id as tenant from read_models.tenant_event_generations
  where generation_id = any($1::text[])`;
const OPEN = `
  insert into read_models.tenant_event_generations (generation_id, tenant_id)
  select * from unnest($1::text[], $2::text[]) on conflict do nothing`;
const CLOSE =
  'delete from read_models.tenant_event_generations where generation_id = any($1::text[])';
const TELL = `
  insert into read_models.tenant_events (event_id, tenant_id, type, subject_id, occurred_at)
  select event_id, tenant_id, type, subject_id, occurred_at
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
    with ordinality as given (event_id, tenant_id, type, subject_id, occurred_at, place)
  order by place
  on conflict (event_id) do nothing`;

type Row = readonly [eventId: string, tenant: string, type: string, subject: string, at: string];

/**
 * What tenants are told of, numbered in the order in which it is committed: the order of a reader's cursor.
 * A projector's transactions come one after the other, so a number never appears below one that was read, in
 * whatever order a bus brings the events; positions of the store would. The numbers are given once and
 * a rebuild would give others, so it is none of the tables that can be made again.
 */
export const eventFeedProjector: Projector = {
  kind: 'projector',
  name: 'event-feed',
  categories: ['generation', 'balanceAlert', 'webhookEndpoint'],
  batchSize: 2_000,
  minimumIntervalMs: 50,
  async project(events, sql) {
    const batch = new FeedBatch(await tenantsOf(events, sql));
    for (const event of events) batch.apply(event);
    await batch.save(sql);
  },
};

async function tenantsOf(events: readonly RecordedEvent[], sql: SqlTransaction) {
  const ids = new Set(events.map(({ stream }) => streamId(stream)));
  const rows = await sql.query<{ id: string; tenant: string }>(TENANTS, [[...ids]]);
  return new Map(rows.map(({ id, tenant }) => [id, tenant]));
}

class FeedBatch {
  private readonly told: Row[] = [];
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

  async save(sql: SqlTransaction): Promise<void> {
    await this.opening(sql);
    if (this.ended.size > 0) await sql.query(CLOSE, [[...this.ended]]);
    if (this.told.length === 0) return;
    // A number that somebody has read must not be given to another event after a crash.
    await sql.query('set local synchronous_commit = on');
    await sql.query(TELL, columnsOf(this.told));
  }

  private async opening(sql: SqlTransaction): Promise<void> {
    const rows = [...this.opened];
    if (rows.length > 0) await sql.query(OPEN, columnsOf(rows));
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

function columnsOf(rows: readonly (readonly string[])[]): string[][] {
  return rows[0]!.map((_, column) => rows.map((row) => row[column]!));
}

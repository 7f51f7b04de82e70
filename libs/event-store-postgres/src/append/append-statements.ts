import type { Client } from 'pg';
import { BinaryArrayWriter } from './binary-array-writer.js';
import type { PendingAppend } from './pending-append.js';

/** Object identifiers of built-in types, the same in every PostgreSQL (pg_type.dat). */
const OID = { json: 114, int8: 20, int2: 21, text: 25, uuid: 2950 } as const;

const APPEND =
  'select conflicts, last_position from event_store.append($1, $2, $3, $4, $5, $6, $7, $8, $9)';
const STORED = 'select stored_position, head_revision from event_store.stored($1, $2, $3)';

export type WriteOutcome =
  | { readonly kind: 'written'; readonly lastPosition: bigint }
  | { readonly kind: 'conflicts'; readonly streams: ReadonlySet<string> };

export interface StoredEvent {
  /** Undefined unless this very event is at this revision of its stream. */
  readonly position: bigint | undefined;
  readonly headRevision: number;
}

/** The two functions of the schema a writer calls, with parameter buffers used again and again. */
export class AppendStatements {
  private readonly streams = new BinaryArrayWriter(OID.text);
  private readonly revisions = new BinaryArrayWriter(OID.int8);
  private readonly eventIds = new BinaryArrayWriter(OID.uuid);
  private readonly types = new BinaryArrayWriter(OID.text);
  private readonly versions = new BinaryArrayWriter(OID.int2);
  private readonly data = new BinaryArrayWriter(OID.json);
  private readonly metadata = new BinaryArrayWriter(OID.json);
  private readonly heads = new BinaryArrayWriter(OID.text);
  private readonly headRevisions = new BinaryArrayWriter(OID.int8);
  private readonly writers = [
    this.streams,
    this.revisions,
    this.eventIds,
    this.types,
    this.versions,
    this.data,
    this.metadata,
    this.heads,
    this.headRevisions,
  ];

  async append(client: Client, calls: readonly PendingAppend[]): Promise<WriteOutcome> {
    for (const writer of this.writers) writer.reset();
    for (const call of calls) this.encode(call, true);
    this.encodeHeads(calls);
    const { rows } = await client.query<[string[] | null, string | null]>({
      name: 'event_store.append',
      text: APPEND,
      values: this.writers.map((writer) => writer.finish()),
      rowMode: 'array',
    });
    const [conflicts, lastPosition] = rows[0] as (typeof rows)[0];
    return conflicts === null
      ? { kind: 'written', lastPosition: BigInt(lastPosition as string) }
      : { kind: 'conflicts', streams: new Set(conflicts) };
  }

  /** One answer per event, in the order of the calls, their writes and their events. */
  async stored(client: Client, calls: readonly PendingAppend[]): Promise<StoredEvent[]> {
    const keys = [this.streams, this.revisions, this.eventIds];
    for (const writer of keys) writer.reset();
    for (const call of calls) this.encode(call, false);
    const { rows } = await client.query<[string | null, string]>({
      name: 'event_store.stored',
      text: STORED,
      values: keys.map((writer) => writer.finish()),
      rowMode: 'array',
    });
    return rows.map(([position, headRevision]) => ({
      position: position === null ? undefined : BigInt(position),
      headRevision: Number(headRevision),
    }));
  }

  private encode(call: PendingAppend, content: boolean): void {
    for (const { stream, firstRevision, events } of call.writes) {
      let revision = firstRevision;
      for (const event of events) {
        this.streams.text(stream);
        this.revisions.int8(revision);
        this.eventIds.uuid(event.eventId);
        if (content) {
          this.types.text(event.type);
          this.versions.int2(event.version);
          this.data.text(event.data);
          this.metadata.text(event.metadata);
        }
        revision += 1;
      }
    }
  }

  /** Where each stream that exists already has to stand before the batch. */
  private encodeHeads(calls: readonly PendingAppend[]): void {
    const written = new Set<string>();
    for (const call of calls) {
      for (const { stream, firstRevision } of call.writes) {
        if (written.has(stream)) continue;
        written.add(stream);
        if (firstRevision === 0) continue;
        this.heads.text(stream);
        this.headRevisions.int8(firstRevision - 1);
      }
    }
  }
}

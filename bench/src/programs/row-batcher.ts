import { Client } from 'pg';

export interface Row {
  readonly id: string;
  readonly data: string;
  readonly metadata: string;
}

const OID = { json: 114, text: 25, uuid: 2950 };
const MAX_ROWS = 512;

export const FLOOR_SCHEMA = `
create table events (
  position bigint generated always as identity primary key,
  stream text collate "C" not null,
  revision bigint not null,
  event_id uuid not null,
  type text not null,
  data json not null,
  metadata json not null,
  created_at timestamptz not null default now(),
  unique (stream, revision)
)`;

const INSERT = `insert into events (stream, revision, event_id, type, data, metadata)
  select u.stream, 0, u.event_id, 'GenerationRequested', u.data, u.metadata
    from unnest($1::text[], $2::uuid[], $3::json[], $4::json[]) as u (stream, event_id, data, metadata)`;

/**
 * The least a durable service has to do: rows that came together are inserted by one statement, and
 * nobody is answered before its commit. No check, no order, no retry.
 */
export class RowBatcher {
  private queue: { row: Row; resolve: () => void; reject: (error: unknown) => void }[] = [];
  private running = false;

  private constructor(private readonly client: Client) {}

  static async connect(connectionString: string): Promise<RowBatcher> {
    const client = new Client({ connectionString });
    await client.connect();
    return new RowBatcher(client);
  }

  insert(row: Row): Promise<void> {
    return new Promise((resolve, reject) => {
      this.queue.push({ row, resolve, reject });
      if (this.running) return;
      this.running = true;
      setImmediate(this.turn);
    });
  }

  private readonly turn = async (): Promise<void> => {
    const batch = this.queue.splice(0, MAX_ROWS);
    try {
      await this.client.query({ name: 'insert', text: INSERT, values: parameters(batch) });
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    if (this.queue.length > 0) setImmediate(this.turn);
    else this.running = false;
  };
}

function parameters(batch: readonly { row: Row }[]): Buffer[] {
  const elements = (text: (row: Row) => Buffer) => batch.map(({ row }) => text(row));
  return [
    binaryArray(
      OID.text,
      elements(({ id }) => Buffer.from(`generation-${id}`)),
    ),
    binaryArray(
      OID.uuid,
      elements(({ id }) => Buffer.from(id.replaceAll('-', ''), 'hex')),
    ),
    binaryArray(
      OID.json,
      elements(({ data }) => Buffer.from(data)),
    ),
    binaryArray(
      OID.json,
      elements(({ metadata }) => Buffer.from(metadata)),
    ),
  ];
}

/** An array in PostgreSQL's binary format, which needs no escaping (array_recv in arrayfuncs.c). */
export function binaryArray(elementOid: number, elements: readonly Buffer[]): Buffer {
  const size = elements.reduce((sum, { length }) => sum + 4 + length, 20);
  const array = Buffer.allocUnsafe(size);
  for (const [index, field] of [1, 0, elementOid, elements.length, 1].entries()) {
    array.writeInt32BE(field, index * 4);
  }
  let offset = 20;
  for (const element of elements) {
    offset = array.writeInt32BE(element.length, offset);
    offset += element.copy(array, offset);
  }
  return array;
}

import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

const EVENTS = `copy (select position, stream, revision, event_id, type, version, data, metadata, recorded_at
  from event_store.events order by position) to stdout`;
const ENTRIES = 'copy (select * from ledger.entries order by position) to stdout';
const TABLE = `
  drop schema if exists copy_floor cascade;
  create schema copy_floor;
  create table copy_floor.entries (like ledger.entries including constraints)`;
const INDEXES = `
  alter table copy_floor.entries add primary key (position), add unique (tenant_id, revision);
  create index on copy_floor.entries (generation_id) where generation_id is not null;
  create index on copy_floor.entries using brin (happened_at);
  analyze copy_floor.entries`;

async function connected<T>(connectionString: string, work: (client: Client) => Promise<T>) {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Cuts chunks into lines; what a chunk leaves over goes before the next. */
function lines(each: (line: string) => void): Transform {
  let rest = '';
  const decoder = new TextDecoder();
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) each(line);
      done();
    },
  });
}

/**
 * The least that any replay has to do: COPY of all events to text, cut into lines and columns, data and
 * metadata parsed. Answers events a second.
 */
export function copyAndParse(connectionString: string, events: number): Promise<number> {
  return connected(connectionString, async (client) => {
    let count = 0;
    let seen = 0;
    const startMs = performance.now();
    const parse = (line: string) => {
      const [position, , , , , , data, metadata] = line.replaceAll('\\\\', '\\').split('\t');
      seen += Object.keys(JSON.parse(data as string)).length;
      seen += Object.keys(JSON.parse(metadata as string)).length;
      count += position === '' ? 0 : 1;
    };
    await pipeline(client.query(copyTo(EVENTS)), lines(parse));
    const seconds = (performance.now() - startMs) / 1000;
    if (count !== events || seen === 0) throw new Error(`${count} of ${events} events were read`);
    return events / seconds;
  });
}

/**
 * COPY of the rows of the journal, ready-made, into a table with its CHECKs, and its indexes then: what
 * PostgreSQL alone takes of a rebuild. Answers entries a second.
 */
export async function copyJournalRows(connectionString: string, events: number): Promise<number> {
  const chunks = await connected(connectionString, async (client) => {
    const read: Buffer[] = [];
    for await (const chunk of client.query(copyTo(ENTRIES))) read.push(chunk as Buffer);
    return read;
  });
  return connected(connectionString, async (client) => {
    await client.query(TABLE);
    await client.query("set synchronous_commit = off; set maintenance_work_mem = '256MB'");
    const startMs = performance.now();
    const target = client.query(copyFrom('copy copy_floor.entries from stdin'));
    await pipeline(Readable.from(chunks), target);
    await client.query(INDEXES);
    const seconds = (performance.now() - startMs) / 1000;
    const { rows } = await client.query('select count(*) as count from copy_floor.entries');
    await client.query('drop schema copy_floor cascade');
    if (Number(rows[0]?.count) !== events) throw new Error(`${rows[0]?.count} entries were copied`);
    return events / seconds;
  });
}

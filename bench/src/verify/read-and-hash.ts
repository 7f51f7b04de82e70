import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/** The columns that a verification reads, as COPY gives them: no row is parsed, no string is made. */
const EVENTS = `copy (select position, stream, revision, event_id, type, version, data, metadata, recorded_at
  from event_store.events order by position) to stdout`;
const ENTRIES = 'copy (select * from ledger.entries order by position) to stdout';

export interface ReadAndHashed {
  readonly seconds: number;
  readonly bytes: number;
}

/** Reads what a verification reads, both tables side by side, and hashes every byte of it. */
export async function readAndHash(connectionString: string): Promise<ReadAndHashed> {
  const startMs = performance.now();
  const bytes = await Promise.all([EVENTS, ENTRIES].map((copy) => hashOf(connectionString, copy)));
  const seconds = (performance.now() - startMs) / 1000;
  return { seconds, bytes: bytes.reduce((sum, each) => sum + each, 0) };
}

async function hashOf(connectionString: string, copy: string): Promise<number> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of client.query(copyTo(copy))) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    hash.digest();
    return bytes;
  } finally {
    await client.end();
  }
}

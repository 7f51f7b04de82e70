import { randomBytes } from 'node:crypto';
import { journalProjector } from '@imprest/read-models';
import { Client } from 'pg';
import { startConsumer } from './running-consumer.js';
import type { Topics } from './topics.js';

const LONGEST_MS = 60_000;

/**
 * Projects the journal of a history as the ledger does, from Kafka when there are topics and straight from
 * the store when there are none. Answers events a second, of joining and reading included.
 */
export async function projectFromBus(
  connectionString: string,
  topics: Topics | undefined,
  events: number,
): Promise<number> {
  await emptyBooks(connectionString);
  // The brokers remember how far a consumer of this name has come: each one begins at the beginning.
  const projector = { ...journalProjector, name: `journal-${randomBytes(6).toString('hex')}` };
  const startMs = performance.now();
  const consumer = await startConsumer(connectionString, topics, projector);
  await consumer.processed(events, LONGEST_MS);
  const seconds = (performance.now() - startMs) / 1000;
  await consumer.stop();
  await verifyBooks(connectionString, events);
  return events / seconds;
}

async function emptyBooks(connectionString: string): Promise<void> {
  await ask(
    connectionString,
    'truncate ledger.entries, ledger.balances, ledger.lots, ledger.token_accounts, read_models.checkpoints, read_models.inbox',
  );
}

/** @throws Error when an event is missing or the books do not sum to zero */
async function verifyBooks(connectionString: string, events: number): Promise<void> {
  const [found] = await ask<{ entries: string; sum: string }>(
    connectionString,
    `select (select count(*) from ledger.entries) as entries,
            (select coalesce(sum(tokens), 0) from ledger.balances) as sum`,
  );
  if (Number(found?.entries) !== events) throw new Error(`${events} events, not in the books`);
  if (found?.sum !== '0') throw new Error(`the books miss zero by ${found?.sum}`);
}

async function ask<Row extends object>(connectionString: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

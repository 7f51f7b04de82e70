import { migrations } from '@imprest/event-store-postgres';
import { runMigrations } from '@imprest/read-models';
import { type Server, withClient } from '../postgres.js';

export const LARGE_STORE_EVENTS = 1_000_000;

/** Half requests on a stream each, half holds on 1,000 accounts; some 450 bytes of data an event. */
const PRELOAD = `
insert into event_store.events (stream, revision, event_id, type, version, data, metadata)
select case when hold then 'tokenAccount-large_' || pair % 1000
            else 'generation-req_00' || lpad(to_hex(pair), 24, '0') end,
       case when hold then pair / 1000 else 0 end,
       gen_random_uuid(),
       case when hold then 'TokensHeld' else 'GenerationRequested' end,
       1, data, metadata
  from (select n / 2 as pair, n % 2 = 1 as hold from generate_series(0, ${LARGE_STORE_EVENTS - 1}) as n) as numbered,
       (select json_build_object('confidential', repeat('AbCdEfGhIjKlMnOp', 25), 'tokens', '10') as data,
               json_build_object('correlationId', 'preload', 'causationId', 'preload',
                 'occurredAt', '2024-08-17T00:00:00.000Z',
                 'actor', json_build_object('kind', 'system', 'id', 'preload')) as metadata) as content`;

export async function migrateEventStore(connectionString: string): Promise<void> {
  await runMigrations(connectionString, migrations);
}

/**
 * Fills a database with 1,000,000 events, to be copied as a template. No statistics are gathered: a plan
 * that was right for the empty table and is kept must show.
 */
export async function createLargeStore(server: Server, name: string): Promise<void> {
  const connectionString = await server.createDatabase(name);
  await migrateEventStore(connectionString);
  await withClient(connectionString, async (client) => {
    await client.query('alter table event_store.events set (autovacuum_enabled = false)');
    await client.query(PRELOAD);
  });
}

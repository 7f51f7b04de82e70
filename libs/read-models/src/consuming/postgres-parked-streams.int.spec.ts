import { parkedStreamsConformance } from '@imprest/testkit/conformance';
import { createTestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../migrations/index.js';
import { PostgresCheckpointStore } from './postgres-checkpoint-store.js';
import { PostgresParkedStreams } from './postgres-parked-streams.js';
import { restartAt } from './restart-at.js';

async function open() {
  const database = await createTestDatabase({ migrations });
  const checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
  const streams = new PostgresParkedStreams({ connectionString: database.url });
  const dispose = async () => {
    await Promise.all([checkpoints.close(), streams.close()]);
    await database.drop();
  };
  return { database, checkpoints, streams, dispose };
}

parkedStreamsConformance('PostgreSQL', open);

describe('a consumer that is put back', () => {
  let opened: Awaited<ReturnType<typeof open>>;
  let client: Client;
  const progress = { stream: 'a', revision: 3, position: 30n };
  const known = async () => {
    const standing = await opened.checkpoints.standing('one');
    const { position, reached, parked } = standing;
    return {
      position,
      reached,
      parked: parked.size,
      a: (await standing.revisions(['a'])).get('a'),
    };
  };
  const ahead = async () => {
    await opened.checkpoints.save('one', 20n);
    await opened.checkpoints.record('one', { processed: [progress] });
    await opened.streams.park({
      ...{ id: 'prk_1', consumer: 'one', kind: 'projector', stream: 'b', revision: 1 },
      ...{ eventId: 'e', eventType: 'Happened', reason: 'TypeError', attempts: 5 },
      parkedAt: new Date('2026-01-15T09:00:00.000Z'),
    });
    expect(await known()).toEqual({ position: 20n, reached: 30n, parked: 1, a: 3 });
  };

  beforeAll(async () => {
    opened = await open();
    client = new Client({ connectionString: opened.database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await opened.dispose();
  });

  test.each([
    ['back', "update read_models.checkpoints set position = 5 where consumer = 'one'", 5n],
    ['to the start', "delete from read_models.checkpoints where consumer = 'one'", 0n],
  ])('%s forgets what it had by stream', async (_, statement, position) => {
    await ahead();
    await client.query(statement);
    expect(await known()).toEqual({ position, reached: 0n, parked: 0, a: undefined });
    expect(await opened.streams.of('one')).toEqual([]);
  });

  test('ahead, with other rows, forgets it too', async () => {
    await ahead();
    const sql = {
      query: async <Row>(text: string, values: readonly unknown[] = []) =>
        (await client.query(text, [...values])).rows as Row[],
    };
    await restartAt(sql, 'one', 25n);
    expect(await known()).toEqual({ position: 25n, reached: 0n, parked: 0, a: undefined });
  });
});

import { type ChildProcess, fork } from 'node:child_process';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../migrations.js';
import { PostgresEventStore } from '../postgres-event-store.js';

type Sighting = readonly [position: bigint, stream: string, revision: number, eventId: string];

const CALLS = 2_300;
const CALLERS = 48;
const SHARED_STREAMS = 40;

/** The children run the built package: `npx tsc -b libs/event-store-postgres` comes first, as in `npm test`. */
describe('several processes on one store', () => {
  let database: TestDatabase;
  const children: ChildProcess[] = [];
  const start = (file: string, ...args: (string | number)[]) => {
    const child = fork(new URL(file, import.meta.url), [database.url, ...args.map(String)], {
      serialization: 'advanced',
      execArgv: [],
    });
    children.push(child);
    return child;
  };
  /** The next message of that kind; fails when the child ends without it. */
  const message = <T>(child: ChildProcess, kind: string) =>
    new Promise<T>((resolve, reject) => {
      child.on('message', (told: { kind: string }) => {
        if (told.kind === kind) resolve(told as T);
      });
      child.once('exit', (code) => reject(new Error(`a child ended with ${code}, not ${kind}`)));
    });
  const writer = (category: string) =>
    start('./writer.mjs', category, CALLS, CALLERS, SHARED_STREAMS);
  const follower = async () => {
    const child = start('./follower.mjs');
    await message(child, 'following');
    return {
      everything: async (head: bigint) => {
        const told = message<{ seen: Sighting[] }>(child, 'seen');
        child.send({ head });
        return (await told).seen;
      },
    };
  };
  const readBack = async () => {
    const store = await PostgresEventStore.connect({ connectionString: database.url });
    const stored: Sighting[] = [];
    for await (const page of store.readAll({ after: 0n })) {
      for (const event of page) {
        stored.push([event.position, event.stream, event.revision, event.eventId]);
      }
    }
    await store.close();
    return stored;
  };
  const checkOrder = (sightings: readonly Sighting[]) => {
    const next = new Map<string, number>();
    let last = 0n;
    for (const [position, stream, revision] of sightings) {
      if (position <= last) expect.fail(`position ${position} comes after ${last}`);
      if (revision !== (next.get(stream) ?? 0)) expect.fail(`${stream} jumps to ${revision}`);
      next.set(stream, revision + 1);
      last = position;
    }
  };

  beforeEach(async () => {
    database = await createTestDatabase({ migrations });
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await database.drop();
  });

  test('given three processes that race, a fourth that follows sees every event once and in order', async () => {
    const following = await follower();
    const reports = await Promise.all(
      [writer('race'), writer('race'), writer('race')].map((child) =>
        message<{ acknowledged: string[]; conflicts: number }>(child, 'written'),
      ),
    );
    const stored = await readBack();
    const seen = await following.everything(stored.at(-1)?.[0] ?? 0n);

    const acknowledged = reports.flatMap((report) => report.acknowledged);
    expect(acknowledged).toHaveLength(3 * CALLS * 3);
    expect(stored.map(([, , , eventId]) => eventId).sort()).toEqual(acknowledged.sort());
    checkOrder(stored);
    expect(seen).toEqual(stored);
    // Without conflicts the processes would not have met.
    expect(reports.every((report) => report.conflicts > 0)).toBe(true);
  });

  test('given a process killed in the middle of its writes, the rest go on and the follower misses nothing', async () => {
    const following = await follower();
    // Of different categories: nothing but the order of positions ties them together.
    const [killed, surviving] = [writer('one'), writer('other')];
    const report = message<{ acknowledged: string[] }>(surviving, 'written');
    await message(killed, 'writing');
    killed.kill('SIGKILL');
    const { acknowledged } = await report;
    const stored = await readBack();
    const seen = await following.everything(stored.at(-1)?.[0] ?? 0n);

    checkOrder(stored);
    expect(seen).toEqual(stored);
    const ids = new Set(stored.map(([, , , eventId]) => eventId));
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    expect(stored.length).toBeGreaterThan(acknowledged.length);
    expect(stored.length).toBeLessThan(2 * acknowledged.length);
  });
});

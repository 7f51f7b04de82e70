import { type RateLimit, RateLimitsUnavailable } from '@imprest/application';
import { rateLimitsConformance } from '@imprest/testkit/conformance';
import { CuttableProxy } from '@imprest/testkit/network';
import { createTestDatabase, type TestDatabase } from '@imprest/testkit/postgres';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from './migrations.js';
import { PostgresRateLimits } from './postgres-rate-limits.js';

const windowMs = 60_000;
const nowMs = () => Date.now();

async function sql<Row>(database: TestDatabase, text: string, values: unknown[] = []) {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Row & Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}

rateLimitsConformance('PostgreSQL', async () => {
  const database = await createTestDatabase({ migrations });
  const connectionString = database.url;
  let elapsedMs = 0;
  const monotonicNow = () => performance.now() + elapsedMs;
  return {
    connect: () => new PostgresRateLimits({ connectionString, windowMs, nowMs, monotonicNow }),
    windowMs,
    elapse: async (ms) => {
      elapsedMs += ms;
      const age = `update rate_limits.windows set ends_at = ends_at - $1 * interval '1 ms'`;
      await sql(database, age, [ms]);
    },
    dispose: () => database.drop(),
  };
});

describe('PostgresRateLimits', () => {
  let database: TestDatabase;
  let proxy: CuttableProxy;
  let limits: PostgresRateLimits;
  const limitOf = (limit: number, uncounted: RateLimit['uncounted'] = 'refuse') => [
    { name: 'key', counter: 'one', limit, uncounted },
  ];

  beforeEach(async () => {
    database = await createTestDatabase({ migrations });
    proxy = await CuttableProxy.to(database.url);
    limits = new PostgresRateLimits({ connectionString: proxy.url, nowMs });
  });
  afterEach(async () => {
    await limits.close();
    await proxy.close();
    await database.drop();
  });

  test('answers at once from what it leased ahead', async () => {
    await limits.take(limitOf(10_000));
    let waited = 0;
    for (let i = 0; i < 5_000; i += 1) {
      const verdict = limits.take(limitOf(10_000));
      if (verdict instanceof Promise) waited += 1;
      expect(await verdict).toMatchObject({ allowed: true });
      if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(waited).toBeLessThan(50);
  });

  test('goes on counting where another process stopped', async () => {
    for (let i = 0; i < 3; i += 1) await limits.take(limitOf(5));
    await limits.close();
    limits = new PostgresRateLimits({ connectionString: proxy.url, nowMs });
    const verdicts = [];
    for (let i = 0; i < 3; i += 1) verdicts.push(await limits.take(limitOf(5)));

    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, false]);
  });

  test('given no database, spends what it has and then refuses to guess', async () => {
    await limits.take(limitOf(160));
    proxy.cut();
    for (let i = 0; i < 9; i += 1) {
      expect(await limits.take(limitOf(160))).toMatchObject({ allowed: true });
    }
    await expect(limits.take(limitOf(160))).rejects.toThrow(RateLimitsUnavailable);
    proxy.restore();

    expect(await limits.take(limitOf(160))).toMatchObject({ allowed: true });
  });

  test('given no database, a limit that may be counted here is, and no more than that', async () => {
    proxy.cut();
    const many = Array.from({ length: 9 }, () => limits.take(limitOf(5, 'countHere')));
    const verdicts = await Promise.all(many);

    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(5);
    expect(verdicts[0]!.standings[0]!.leftMs).toBeGreaterThan(0);
  });

  test('closes once, however often it is asked', async () => {
    await limits.close();
    await limits.close();
  });
});

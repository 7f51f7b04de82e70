import { setTimeout } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { KeyRow } from './key-derivation.js';
import { KeyPool } from './key-pool.js';

const options = { refillSize: 8, lowMark: 4, timeoutMs: 50, retryAfterMs: 20 };

function countingInsert() {
  let last = 0;
  return vi.fn(
    async (count: number): Promise<KeyRow[]> =>
      Array.from({ length: count }, () => ({ id: String(++last), salt: new Uint8Array(32) })),
  );
}

test('a row is taken without waiting, and few left start a refill', async () => {
  const insert = countingInsert();
  const pool = new KeyPool(insert, options);
  await pool.refill();
  for (let i = 0; i < 4; i += 1) expect(pool.take()).toBeDefined();
  expect(insert).toHaveBeenCalledTimes(1);
  expect(pool.take()).toBeDefined();
  expect(insert).toHaveBeenCalledTimes(2);
});

test('given an empty pool, everybody waits for the same refill and gets a row of their own', async () => {
  const insert = countingInsert();
  const pool = new KeyPool(insert, options);
  expect(pool.take()).toBeUndefined();
  const rows = await Promise.all(Array.from({ length: 20 }, () => pool.takeAfterRefill()));
  expect(new Set(rows.map((row) => row.id)).size).toBe(20);
  expect(insert).toHaveBeenCalledTimes(3);
});

test('given the insert fails, those who wait are told so and the next one tries again', async () => {
  const insert = countingInsert();
  insert.mockRejectedValueOnce(new Error('connection refused'));
  const pool = new KeyPool(insert, options);
  await expect(pool.takeAfterRefill()).rejects.toThrow(
    expect.objectContaining({
      name: 'DataKeysUnavailable',
      cause: expect.objectContaining({ message: 'connection refused' }),
    }),
  );
  expect(await pool.takeAfterRefill()).toBeDefined();
});

test('given the insert never answers, waiting ends after the time allowed', async () => {
  const pool = new KeyPool(() => new Promise(() => {}), options);
  await expect(pool.takeAfterRefill()).rejects.toThrow(
    expect.objectContaining({
      name: 'DataKeysUnavailable',
      cause: expect.objectContaining({ message: 'no answer within 50 ms' }),
    }),
  );
});

test('given a background refill failed, what is left is handed out, and it tries again later', async () => {
  const insert = countingInsert();
  const pool = new KeyPool(insert, { ...options, retryAfterMs: 500 });
  await pool.refill();
  insert.mockRejectedValue(new Error('connection refused'));
  for (let i = 0; i < 5; i += 1) pool.take();
  await setTimeout(1);
  expect(pool.take()).toBeDefined();
  expect(insert).toHaveBeenCalledTimes(2);
  await setTimeout(600);
  expect(pool.take()).toBeDefined();
  expect(insert).toHaveBeenCalledTimes(3);
});

test('after close the rows left are given back and none is handed out', async () => {
  const pool = new KeyPool(countingInsert(), options);
  await pool.refill();
  pool.take();
  expect(await pool.close()).toHaveLength(7);
  expect(pool.take()).toBeUndefined();
  await expect(pool.takeAfterRefill()).rejects.toThrow('data keys are closed');
});

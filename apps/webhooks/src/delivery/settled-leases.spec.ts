import type { Lease, LeaseRef } from '@imprest/application';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SettledLeases } from './settled-leases.js';

const lease = (id: string): Lease => ({
  id,
  tenantId: 'tenant',
  lane: 'webhook',
  fence: 1,
  workerId: 'worker',
  leasedUntil: new Date(60_000),
});
const ids = (leases: readonly LeaseRef[]) => leases.map(({ id }) => id);

const queue = {
  complete: vi.fn(async (_leases: readonly LeaseRef[]): Promise<readonly LeaseRef[]> => []),
  release: vi.fn(async (_leases: readonly (LeaseRef & { readyAt?: Date })[]) => undefined),
};

const lines = { leave: vi.fn(async (_ids: readonly string[]) => undefined) };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

test('what is settled shortly one after the other goes in one call of each kind', async () => {
  const settled = new SettledLeases(queue, lines, () => expect.fail('trouble'));
  const readyAt = new Date(1_000);
  for (const id of ['a', 'b']) settled.complete(lease(id), false);
  settled.release(lease('c'), readyAt);
  settled.release(lease('d'));
  await vi.advanceTimersByTimeAsync(50);
  expect(queue.complete.mock.calls.map(([leases]) => ids(leases))).toEqual([['a', 'b']]);
  expect(queue.release.mock.calls).toMatchObject([[[{ id: 'c', readyAt }, { id: 'd' }]]]);
});

test('what the queue did not take is tried again, with what came meanwhile', async () => {
  const troubles: unknown[] = [];
  const settled = new SettledLeases(queue, lines, (error) => troubles.push(error));
  queue.complete.mockRejectedValueOnce(new Error('queue away'));
  settled.complete(lease('a'), false);
  await vi.advanceTimersByTimeAsync(50);
  settled.complete(lease('b'), false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(troubles).toHaveLength(1);
  expect(queue.complete.mock.calls.map(([leases]) => ids(leases))).toEqual([['a'], ['a', 'b']]);
});

test('who stops can have it all let go of at once', async () => {
  const settled = new SettledLeases(queue, lines, () => expect.fail('trouble'));
  settled.complete(lease('a'), false);
  await settled.flush();
  await vi.advanceTimersByTimeAsync(100);
  expect(queue.complete).toHaveBeenCalledTimes(1);
});

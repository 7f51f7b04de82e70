import { thumbnailId } from '@imprest/application';
import { leaseOf, WorkScenario } from '@imprest/testkit';
import { describe, expect, test } from 'vitest';

const lost = { error: { code: 'conflict', details: { reason: 'lease_lost' } } };

/** A job whose first worker fell silent and whose second one has it now. */
async function twiceLeased(images = 1) {
  const work = await WorkScenario.begin();
  const id = await work.queued({ images });
  const first = await work.leaseOne({ workerId: 'silent' });
  const receipts = [await work.upload(first, 0)];
  work.clock.advance(30_000);
  await work.orchestration.sweeper.sweep();
  work.clock.advance(500);
  const second = await work.leaseOne({ workerId: 'brisk' });
  return { work, id, first, second, receipts };
}

describe('a worker that falls silent', () => {
  test('loses the job to the next one, with a higher fence and attempt', async () => {
    const { work, first, second, id } = await twiceLeased();
    expect(second.fence).toBeGreaterThan(first.fence);
    expect([first.attempt, second.attempt]).toEqual([1, 2]);
    expect(work.outcomes).toEqual(['expired']);
    expect(await work.history('job', id)).toEqual([
      'JobQueued',
      'JobLeased',
      'JobAttemptFailed',
      'JobLeased',
    ]);
  });

  test('finds out at its next heartbeat', async () => {
    const { work, first } = await twiceLeased();
    expect(await work.orchestration.leases.heartbeat(leaseOf(first))).toBe('lost');
  });

  test('has its late result refused; only the newer one is charged', async () => {
    const { work, id, first, second, receipts } = await twiceLeased();
    const late = work.orchestration.leases.rendered(leaseOf(first), { receipts, lost: [] });
    await expect(late).rejects.toMatchObject(lost);
    await expect(work.upload(first, 0)).rejects.toMatchObject(lost);
    await work.react();
    expect(await work.balance()).toEqual({ available: 990n, held: 10n });

    await work.render(second);
    await expect(
      work.orchestration.leases.rendered(leaseOf(first), { receipts, lost: [] }),
    ).rejects.toMatchObject(lost);
    await work.react();

    const { images } = await work.generation(id);
    expect(images).toHaveLength(1);
    const assetId = images[0]?.assetId ?? '';
    expect([...work.blobs.blobs.keys()].sort()).toEqual([assetId, thumbnailId(assetId)]);
    expect(await work.balance()).toEqual({ available: 990n, held: 0n });
    expect(work.outcomes).toEqual(['expired', 'late', 'succeeded', 'late']);
  });

  test('has its uploads erased when it loses the job', async () => {
    const { work } = await twiceLeased();
    expect(work.blobs.blobs.size).toBe(0);
  });

  test('cannot use the receipt of one lease for another', async () => {
    const { work, second, receipts } = await twiceLeased();
    const forged = work.orchestration.leases.rendered(leaseOf(second), { receipts, lost: [] });
    await expect(forged).rejects.toMatchObject({
      error: { code: 'validation_error', field: 'receipts[0]' },
    });
  });

  test('too often ends the job, and the hold goes back', async () => {
    const { work, id } = await twiceLeased();
    work.clock.advance(30_000);
    await work.orchestration.sweeper.sweep();
    await work.react();
    expect((await work.generation(id)).error).toMatchObject({ code: 'provider_error' });
    expect(await work.balance()).toEqual({ available: 1_000n, held: 0n });
  });

  test('keeps the job as long as it beats in time', async () => {
    const work = await WorkScenario.begin();
    await work.queued();
    const order = await work.leaseOne();
    for (let beats = 0; beats < 5; beats += 1) {
      work.clock.advance(20_000);
      expect(await work.orchestration.leases.heartbeat(leaseOf(order))).toBe('held');
      await work.orchestration.sweeper.sweep();
    }
    expect(await work.render(order)).toBe('succeeded');
  });
});

describe('the sweeper makes good what a crash left between stream and queue', () => {
  test('the job was done, its item still leased: the item goes, nothing is charged twice', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued();
    const order = await work.leaseOne();
    const receipts = [await work.upload(order, 0)];
    work.engines.queue.complete = () => Promise.reject(new Error('the process ended'));
    const crashed = work.orchestration.leases.rendered(leaseOf(order), { receipts, lost: [] });
    await expect(crashed).rejects.toThrow('the process ended');

    work.clock.advance(30_000);
    await work.orchestration.sweeper.sweep();
    await work.react();
    expect(await work.engines.queue.depth()).toEqual([]);
    expect((await work.generation(id)).status).toBe('succeeded');
    expect(await work.balance()).toEqual({ available: 990n, held: 0n });
  });

  test('the attempt had failed, its item still leased: the item is given back, one attempt is counted', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued();
    const order = await work.leaseOne();
    const { release } = work.engines.queue;
    work.engines.queue.release = () => Promise.reject(new Error('the process ended'));
    const failure = { failureClass: 'model', message: 'out of memory' } as const;
    const crashed = work.orchestration.leases.failed(leaseOf(order), failure);
    await expect(crashed).rejects.toThrow('the process ended');

    work.engines.queue.release = release;
    work.clock.advance(30_000);
    await work.orchestration.sweeper.sweep();
    expect((await work.leaseOne()).attempt).toBe(2);
    expect((await work.history('job', id)).filter((type) => type === 'JobAttemptFailed')).toEqual([
      'JobAttemptFailed',
    ]);
  });

  test('the item was leased, the job never was: the item is given back, no attempt is used', async () => {
    const work = await WorkScenario.begin();
    await work.queued();
    await work.engines.queue.lease({ workerId: 'crashed', limit: 1, leaseMs: 30_000 });
    work.clock.advance(30_000);
    await work.orchestration.sweeper.sweep();
    expect((await work.leaseOne()).attempt).toBe(1);
    expect(work.outcomes).toEqual([]);
  });

  test('two sweepers at once count one attempt', async () => {
    const work = await WorkScenario.begin();
    const id = await work.queued();
    await work.leaseOne();
    work.clock.advance(30_000);
    const { sweeper } = work.orchestration;
    await Promise.all([sweeper.sweep(), sweeper.sweep()]);
    expect(await work.history('job', id)).toEqual(['JobQueued', 'JobLeased', 'JobAttemptFailed']);
    expect(work.outcomes).toEqual(['expired']);
  });
});

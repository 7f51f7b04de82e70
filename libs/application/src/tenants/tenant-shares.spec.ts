import {
  byTest,
  type DecidingProcess,
  decidingProcess,
  InMemoryDataKeys,
  InMemoryWorkQueue,
} from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { TenantShares, type TierShares } from './tenant-shares.js';
import { Tenants } from './tenants.js';

const tiers: TierShares = (tier) =>
  tier === 'volume' ? { weight: 4, priority: 1 } : { weight: 1, priority: 0 };
const untouched = { weight: null, cap: null, priority: null };

let process: DecidingProcess;
let queue: InMemoryWorkQueue;
let tenants: Tenants;
let shares: TenantShares;

const sharesOn = (other: InMemoryWorkQueue, ofTiers = tiers) =>
  new TenantShares(process.runner, process.store, other, ofTiers);

beforeEach(async () => {
  process = decidingProcess();
  queue = new InMemoryWorkQueue();
  tenants = new Tenants(process.runner, new InMemoryDataKeys(), { now: () => new Date() });
  shares = sharesOn(queue);
  await tenants.create('studio', 'Studio', byTest);
});

describe('the share of a tenant', () => {
  test('is that of the default tier to begin with', async () => {
    expect(await shares.of('studio')).toEqual({
      assigned: untouched,
      applied: { weight: 1, cap: null, priority: 0 },
    });
  });

  test('is told to the queue when it is assigned; what it leaves open is that of the tier', async () => {
    await tenants.assignTier('studio', 'volume', byTest);
    const terms = { weight: 2.5, cap: 3, priority: null };
    const applied = { weight: 2.5, cap: 3, priority: 1 };
    expect(await shares.assign('studio', terms, byTest)).toEqual({ assigned: terms, applied });
    expect(queue.shares.get('studio')).toEqual(applied);
  });

  test('is a fact of the tenant, once, with whoever assigned it', async () => {
    const terms = { ...untouched, cap: 3 };
    await shares.assign('studio', terms, byTest);
    await shares.assign('studio', terms, byTest);
    const facts = process.log.events.filter(({ type }) => type === 'ShareAssigned');
    expect(facts).toMatchObject([{ data: terms, metadata: { actor: byTest.actor } }]);
  });

  test('of an unknown tenant, or out of bounds, is refused and not told to the queue', async () => {
    await expect(shares.assign('nobody', untouched, byTest)).rejects.toMatchObject({
      error: { code: 'not_found' },
    });
    await expect(
      shares.assign('studio', { ...untouched, weight: 0 }, byTest),
    ).rejects.toMatchObject({ error: { code: 'validation_error' } });
    expect(queue.shares.size).toBe(0);
  });
});

describe('repair', () => {
  test('tells a queue that has lost everything of every tier and share', async () => {
    await tenants.create('gallery', 'Gallery', byTest);
    await tenants.create('plain', 'Plain', byTest);
    await tenants.assignTier('studio', 'volume', byTest);
    await shares.assign('gallery', { ...untouched, cap: 2 }, byTest);
    const empty = new InMemoryWorkQueue();
    await sharesOn(empty).repair();
    expect([...empty.shares]).toEqual([
      ['studio', { weight: 4, cap: null, priority: 1 }],
      ['gallery', { weight: 1, cap: 2, priority: 0 }],
    ]);
  });

  test('has what was assigned since it was last done', async () => {
    const empty = new InMemoryWorkQueue();
    const repairing = sharesOn(empty);
    await repairing.repair();
    await shares.assign('studio', { ...untouched, weight: 7 }, byTest);
    await repairing.repair();
    expect(empty.shares.get('studio')).toEqual({ weight: 7, cap: null, priority: 0 });
  });

  test('tells what a tier means since the process has started', async () => {
    await tenants.assignTier('studio', 'volume', byTest);
    await shares.apply('studio');
    await sharesOn(queue, () => ({ weight: 9, priority: 2 })).repair();
    expect(queue.shares.get('studio')).toEqual({ weight: 9, cap: null, priority: 2 });
  });
});

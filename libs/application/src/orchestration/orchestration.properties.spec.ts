import { thumbnailId, type WorkOrder } from '@imprest/application';
import { exampleIds, leaseOf, WorkScenario } from '@imprest/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const REACTORS = ['job-enqueuer', 'generation-outcome', 'settlement', 'job-canceller'];

const which = fc.nat(5);
const images = fc.integer({ min: 1, max: 3 });

/** One thing that happens, to the `which`-th request or order there is. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('ask', 'queue'), images }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('hold', 'cancel'), which }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('lease', 'upload', 'upload', 'finish', 'fail', 'beat'),
      which,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('react'), which: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('sweep') }) },
  fc.record({ kind: fc.constantFrom('replay', 'mend') }),
);

interface History {
  readonly work: WorkScenario;
  readonly asked: string[];
  readonly orders: { order: WorkOrder; receipts: string[] }[];
}

/** A worker is refused when its lease is not held any more: that is part of the story. */
async function refusable(action: () => Promise<unknown>): Promise<void> {
  await action().catch((error) => {
    if (error?.error?.code !== 'conflict') throw error;
  });
}

function pick<T>(from: readonly T[], which: number): T | undefined {
  return from[which % Math.max(from.length, 1)];
}

async function asWorker({ work, orders }: History, kind: string, which: number): Promise<void> {
  const { leases } = work.orchestration;
  const held = pick(orders, which);
  if (held === undefined) return;
  const { order, receipts } = held;
  const lease = leaseOf(order);
  if (kind === 'upload') {
    const index = receipts.length % order.images;
    await refusable(async () => receipts.push(await work.upload(order, index)));
  } else if (kind === 'finish') {
    await refusable(() => leases.rendered(lease, { receipts, lost: [] }));
  } else if (kind === 'fail') {
    await refusable(() => leases.failed(lease, { failureClass: 'model', message: 'no' }));
  } else {
    await leases.heartbeat(lease, 0.5);
  }
}

async function happens(
  history: History,
  happening: { kind: string; which?: number; images?: number },
) {
  const { work, asked, orders } = history;
  const { kind, which = 0, images = 1 } = happening;
  const id = pick(asked, which);
  if (kind === 'ask') asked.push(await work.ask({ images }));
  else if (kind === 'queue') {
    asked.push(await work.request({ images }));
    await work.react('job-enqueuer');
  } else if (kind === 'hold' && id !== undefined) await work.hold(id);
  else if (kind === 'cancel' && id !== undefined) await work.cancel(id);
  else if (kind === 'lease') {
    for (const order of await work.lease({ limit: 1 })) orders.push({ order, receipts: [] });
  } else if (kind === 'react') await work.react(REACTORS[which] as string);
  else if (kind === 'replay') await work.replay();
  else if (kind === 'mend') await work.orchestration.mend();
  else if (kind === 'sweep') {
    work.clock.advance(20_000);
    await work.orchestration.sweeper.sweep();
  } else await asWorker(history, kind, which);
}

/** Healthy workers do what is left. */
async function comesToRest({ work, asked }: History): Promise<void> {
  for (const id of asked) await work.hold(id);
  for (let round = 0; round < 12; round += 1) {
    await work.react();
    work.clock.advance(30_000);
    await work.orchestration.sweeper.sweep();
    for (const order of await work.lease({ limit: 100 })) await work.render(order);
  }
  await work.react();
}

/** What must hold whenever nothing is under way. */
async function expectBalancedBooks({ work, asked }: History): Promise<void> {
  let charged = 0n;
  const images: string[] = [];
  for (const id of asked) {
    const view = await work.generation(id);
    expect(['succeeded', 'failed', 'cancelled']).toContain(view.status);
    charged += BigInt(view.charged);
    images.push(...view.images.map(({ assetId }) => assetId));
  }
  expect(await work.balance()).toEqual({ available: 1_000n - charged, held: 0n });
  const account = await work.history('tokenAccount', exampleIds.tenantId);
  const count = (...types: string[]) => account.filter((type) => types.includes(type)).length;
  expect(count('HoldSettled', 'HoldReleased')).toBe(count('TokensHeld'));
  const kept = images.flatMap((assetId) => [assetId, thumbnailId(assetId)]);
  expect([...work.blobs.blobs.keys()].sort()).toEqual(kept.sort());
  expect(await work.engines.queue.depth()).toEqual([]);
}

test('whatever crashes, repeats and races: each hold is closed once, by what its generation came to', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 50 }), async (steps) => {
      const history: History = { work: await WorkScenario.begin(), asked: [], orders: [] };
      for (const happening of steps) await happens(history, happening);
      await comesToRest(history);
      await expectBalancedBooks(history);
      await history.work.replay();
      await expectBalancedBooks(history);
    }),
    { numRuns: 80 },
  );
}, 60_000);

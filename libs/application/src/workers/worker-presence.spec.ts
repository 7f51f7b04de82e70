import { aWorker, leaseOf, WorkScenario } from '@imprest/testkit';
import { describe, expect, test } from 'vitest';
import { WorkerControl } from './worker-control.js';

const operator = {
  correlationId: 'req_1',
  causationId: 'req_1',
  actor: { kind: 'operator', id: 'cli' },
} as const;

const description = aWorker({ providers: null });
const { id, session } = description;
const beat = { id, session, residency: [], usedSlots: 0, held: [] };
const asking = { workerId: id, session };

async function begin() {
  const work = await WorkScenario.begin();
  const { presence } = work.orchestration;
  const control = new WorkerControl(work.runner, work.engines.registry);
  const beats = async (...given: readonly (typeof beat)[]) => {
    const answers = given.map((each) => presence.beat(each));
    await presence.flush();
    return Promise.all(answers);
  };
  return { work, presence, control, beats };
}

describe('a worker that beats', () => {
  test('hears whether it is known, and whether another process has its name', async () => {
    const { presence, beats } = await begin();
    expect(await beats(beat)).toEqual(['unknown']);
    expect(await presence.register(description)).toBe('active');
    expect(await beats(beat, beat, { ...beat, session: 'other' })).toEqual([
      'active',
      'active',
      'replaced',
    ]);
  });

  test('gives others what it never had once an order cannot be on its way any more', async () => {
    const { work, presence, beats } = await begin();
    await presence.register(description);
    const lost = await work.queued();
    await work.leaseOne(asking);
    await beats(beat);
    expect(await work.lease()).toEqual([]);
    work.clock.advance(10_000);
    await beats(beat);
    expect((await work.leaseOne()).jobId).toBe(lost);
    expect(work.outcomes).toEqual(['unclaimed']);
  });

  test('keeps what it names, however old', async () => {
    const { work, presence, beats } = await begin();
    await presence.register(description);
    await work.queued();
    const held = leaseOf(await work.leaseOne(asking));
    work.clock.advance(25_000);
    await beats({ ...beat, held: [held] } as typeof beat);
    expect(await work.orchestration.leases.heartbeat(held)).toBe('held');
  });

  test('hears of it when the registry does not answer', async () => {
    const { work, beats } = await begin();
    work.engines.registry.beat = () => Promise.reject(new Error('connection reset'));
    await expect(beats(beat)).rejects.toThrow('connection reset');
  });
});

describe('what operators decide about a worker', () => {
  test('goes on record with actor and reason, and the worker hears of it at its next beat', async () => {
    const { work, presence, control, beats } = await begin();
    await presence.register(description);
    expect(await control.decide(id, 'drain', 'new GPU', operator)).toMatchObject({
      state: 'draining',
    });
    expect(await beats(beat)).toEqual(['draining']);
    for await (const [event] of work.engines.store.readStream(`worker-${id}`)) {
      expect(event).toMatchObject({
        type: 'WorkerDrainBegun',
        data: { reason: 'new GPU' },
        metadata: { actor: operator.actor },
      });
    }
    expect(await work.history('worker', id)).toEqual(['WorkerDrainBegun']);
  });

  test('keeps work from it until it may work again, also after it was started anew', async () => {
    const { work, presence, control } = await begin();
    await presence.register(description);
    await control.decide(id, 'cordon', 'noisy', operator);
    work.clock.advance(1_000);
    await work.queued();
    expect(await work.lease(asking)).toEqual([]);
    expect(await presence.register({ ...description, session: 'second' })).toBe('cordoned');
    expect(await work.lease({ ...asking, session: 'second' })).toEqual([]);
    await control.decide(id, 'uncordon', 'quiet again', operator);
    work.clock.advance(1_000);
    expect(await work.lease({ ...asking, session: 'second' })).toHaveLength(1);
  });

  test('needs a worker that is known', async () => {
    const { control } = await begin();
    await expect(control.decide('gpu-9', 'cordon', 'noisy', operator)).rejects.toMatchObject({
      error: { code: 'not_found' },
    });
  });
});

import { ConsumerScenario } from '@imprest/testkit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DeliveredBatch, MessageBus } from '../ports/message-bus.js';
import type { Projector, Reactor } from './consumer.js';
import type { SubscriptionRunner } from './subscription-runner.js';

let scenario: ConsumerScenario;
let deliver: (batch: DeliveredBatch) => Promise<void>;

/** Brings what the test hands it and nothing else. */
const bus: MessageBus = {
  progress: 'revisions',
  consume(_, onBatch) {
    deliver = onBatch;
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    return { ended, close: async () => end() };
  },
  close: async () => undefined,
};

const bring = (...names: readonly string[]) =>
  deliver({
    events: scenario.recorded(...names),
    progress: { kind: 'revisions' },
    caughtUp: true,
  });
const projector: Projector = {
  kind: 'projector',
  name: 'reader',
  categories: ['thing'],
  project: async (events, sql) => {
    await sql.query(
      'insert',
      events.map(({ eventId }) => eventId),
    );
  },
};
const rows = () =>
  scenario.checkpoints.statements.flatMap(({ parameters }) => parameters as string[]);
const later = () => scenario.clock.advance(60_000);

beforeEach(() => {
  scenario = new ConsumerScenario();
});
afterEach(() => scenario.end());

describe('what the bus has lost', () => {
  test('is found in the event store, and told', async () => {
    await scenario.happen('a1', 'b1', 'a2', 'b2');
    const runner = scenario.run(projector, bus);
    await bring('a1');
    later();
    await runner.tend(false);
    expect(rows()).toEqual(['a1', 'b1', 'a2', 'b2']);
    expect(scenario.missed).toEqual([3]);
    expect(runner.status.eventsMissed).toBe(3);
  });

  test('changes nothing any more when the bus brings it after all', async () => {
    await scenario.happen('a1', 'b1', 'b2');
    const runner = scenario.run(projector, bus);
    await bring('a1');
    later();
    await runner.tend(false);
    await bring('b1', 'b2');
    expect(rows()).toEqual(['a1', 'b1', 'b2']);
  });

  test('is found even if the bus never brings anything', async () => {
    await scenario.happen('a1', 'b1');
    const runner = scenario.run(projector, bus);
    await runner.tend(false);
    expect(rows()).toEqual([]);
    later();
    await runner.tend(false);
    expect(rows()).toEqual(['a1', 'b1']);
    await scenario.happen('b2');
    later();
    await runner.tend(false);
    expect(rows()).toEqual(['a1', 'b1', 'b2']);
  });

  test('is given seconds to come by itself', async () => {
    await scenario.happen('a1', 'b1');
    const runner = scenario.run(projector, bus);
    await bring('a1');
    later();
    await scenario.happen('b2');
    await runner.tend(false);
    expect(rows()).toEqual(['a1', 'b1']);
    expect(await scenario.checkpoints.load('reader')).toBe(2n);
  });

  test('parks its stream when the consumer fails at it, and the rest goes on', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await scenario.happen('a1', 'b1', 'c1', 'b2');
    const react = async ({ eventId }: { eventId: string }) => {
      if (eventId === 'b1') throw new TypeError('no such field');
    };
    const reactor: Reactor = { kind: 'reactor', name: 'reader', categories: ['thing'], react };
    const runner = scenario.run(reactor, bus);
    await bring('a1');
    later();
    const tended = runner.tend(false);
    await vi.advanceTimersByTimeAsync(10_000);
    await tended;
    vi.useRealTimers();
    expect(scenario.poisons.map(({ event }) => event.eventId)).toEqual(['b1']);
    expect(await scenario.checkpoints.load('reader')).toBe(4n);
  });
});

describe('a bus that has forgotten the consumer', () => {
  const seconds = async (runner: SubscriptionRunner, count: number) => {
    for (let n = 0; n < count; n += 2) {
      scenario.clock.advance(2_000);
      await runner.tend(false);
    }
  };

  test('costs seconds: what happens is found as soon as it should have come', async () => {
    const runner = scenario.run(projector, bus);
    await bring();
    later();
    await scenario.happen('a1');
    await seconds(runner, 8);
    expect(rows()).toEqual(['a1']);
    await scenario.happen('a2');
    await seconds(runner, 8);
    expect(rows()).toEqual(['a1', 'a2']);
  });

  test('does not keep it from going on though there was more when it was last heard', async () => {
    await scenario.happen('a1', 'a2');
    const runner = scenario.run(projector, bus);
    const progress = { kind: 'revisions' } as const;
    await deliver({ events: scenario.recorded('a1'), progress, caughtUp: false });
    later();
    await runner.tend(false);
    expect(rows()).toEqual(['a1', 'a2']);
  });

  test('is asked anew when it stays silent after events were missed, and not before', async () => {
    const consume = vi.spyOn(bus, 'consume');
    const runner = scenario.run(projector, bus);
    await bring();
    later();
    await scenario.happen('a1');
    await seconds(runner, 8);
    expect(consume).toHaveBeenCalledTimes(1);
    later();
    await scenario.happen('a2');
    await seconds(runner, 8);
    await vi.waitUntil(() => consume.mock.calls.length === 2);
    await scenario.happen('a3');
    await bring('a3');
    expect(rows()).toEqual(['a1', 'a2', 'a3']);
    expect(runner.status).toMatchObject({ failures: 0, failing: undefined });
    consume.mockRestore();
  });
});

describe('the position', () => {
  test('moves up to where nothing is missing, and what is on record by stream is forgotten', async () => {
    await scenario.happen('a1', 'b1', 'a2');
    const runner = scenario.run(projector, bus);
    await bring('a1', 'b1', 'a2');
    expect(await scenario.checkpoints.load('reader')).toBe(0n);
    expect(scenario.checkpoints.inboxSize('reader')).toBe(2);
    later();
    await runner.tend(false);
    expect(await scenario.checkpoints.load('reader')).toBe(3n);
    expect(scenario.checkpoints.inboxSize('reader')).toBe(0);
    await scenario.happen('a3');
    await bring('a1', 'a2', 'a3', 'b1');
    expect(rows()).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  test('stays while the consumer has more to catch up with, and does not move every time', async () => {
    await scenario.happen('a1');
    const runner = scenario.run(projector, bus);
    const batch = { events: scenario.recorded('a1'), progress: { kind: 'revisions' } } as const;
    later();
    await deliver({ ...batch, caughtUp: false });
    await runner.tend(false);
    expect(await scenario.checkpoints.load('reader')).toBe(0n);
    await deliver({ ...batch, caughtUp: true });
    await runner.tend(false);
    expect(await scenario.checkpoints.load('reader')).toBe(1n);
    await scenario.happen('a2');
    await bring('a2');
    scenario.clock.advance(9_000);
    await runner.tend(false);
    expect(await scenario.checkpoints.load('reader')).toBe(1n);
  });

  test('that someone has put back while it was settled stays put back', async () => {
    await scenario.happen('a1', 'a2');
    const runner = scenario.run(projector, bus);
    await bring('a1', 'a2');
    later();
    const { readAll } = scenario.store;
    vi.spyOn(scenario.store, 'readAll').mockImplementation(async function* (options) {
      for await (const page of readAll.call(scenario.store, options)) {
        await scenario.checkpoints.save('reader', 1n);
        yield page;
      }
    });
    await runner.tend(false);
    expect(await scenario.checkpoints.load('reader')).toBe(1n);
  });
});

test('a bus with one order needs none of it', async () => {
  await scenario.happen('a1');
  const readAll = vi.spyOn(scenario.store, 'readAll');
  const runner = scenario.run(projector);
  await vi.waitUntil(() => runner.status.caughtUp);
  later();
  await runner.tend(false);
  expect(readAll).not.toHaveBeenCalled();
});

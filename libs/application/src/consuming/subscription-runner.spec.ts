import { setImmediate as turn } from 'node:timers/promises';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { ConsumerScenario, gate } from '@imprest/testkit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EventStoreUnavailable } from '../ports/event-store.js';
import type { Consumer, Projector, Reactor } from './consumer.js';
import { SubscriptionRunner } from './subscription-runner.js';
import { NotYet } from './transient-failure.js';

let scenario: ConsumerScenario;

const names = (events: readonly RecordedEvent[]) => events.map(({ eventId }) => eventId);
const happen = (...events: readonly string[]) => scenario.happen(...events);
const run = (consumer: Consumer) => scenario.run(consumer);

/** What an engine fails with: no event is to blame. */
const away = (what: string) => new EventStoreUnavailable(what);

const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 5_000, interval: 5 });

function reactor(react: (name: string) => Promise<void>, more: Partial<Reactor> = {}): Reactor {
  const base = { kind: 'reactor', name: 'reader', categories: ['thing'] } as const;
  return { ...base, react: ({ eventId }) => react(eventId), ...more };
}

function projector(
  project: Projector['project'] = async (events, transaction) => {
    await transaction.query('insert', names(events));
  },
): Projector {
  return { kind: 'projector', name: 'reader', categories: ['thing'], project };
}

beforeEach(() => {
  scenario = new ConsumerScenario();
});

afterEach(async () => {
  await scenario.end();
  vi.useRealTimers();
});

describe('a projector', () => {
  test('writes its rows and moves its checkpoint in one transaction', async () => {
    await happen('a1', 'a2', 'b1');
    const advance = vi.spyOn(scenario.checkpoints, 'advance');
    const save = vi.spyOn(scenario.checkpoints, 'save');
    const runner = run(projector());
    await until(() => runner.status.position === 3n);
    expect(scenario.checkpoints.statements).toEqual([
      { sql: 'insert', parameters: ['a1', 'a2', 'b1'] },
    ]);
    expect(await scenario.checkpoints.load('reader')).toBe(3n);
    expect(advance).toHaveBeenCalledTimes(1);
    // Only advance itself has saved.
    expect(save).toHaveBeenCalledTimes(1);
  });

  test('that fails leaves no row and no checkpoint, and gets the same events again', async () => {
    await happen('a1', 'a2');
    const batches: string[][] = [];
    const runner = run(
      projector(async (events, transaction) => {
        batches.push(names(events));
        await transaction.query('insert', names(events));
        if (batches.length === 1) throw away('deadlock');
      }),
    );
    await until(() => runner.status.position === 2n);
    expect(batches).toEqual([
      ['a1', 'a2'],
      ['a1', 'a2'],
    ]);
    expect(scenario.checkpoints.statements).toHaveLength(1);
  });

  test('moves on past events that are none of its business', async () => {
    await happen('x1');
    const project = vi.fn();
    const runner = run({ ...projector(project), categories: ['other'] });
    await until(() => runner.status.position === 1n);
    expect(project).not.toHaveBeenCalled();
    expect(await scenario.checkpoints.load('reader')).toBe(1n);
  });
});

describe('a reactor', () => {
  test('has the events of a stream one after the other and streams side by side', async () => {
    await happen('a1', 'b1', 'a2', 'b2', 'a3');
    const running: string[] = [];
    const seen: string[][] = [];
    const runner = run(
      reactor(async (name) => {
        running.push(name);
        seen.push([...running]);
        await turn();
        running.splice(running.indexOf(name), 1);
      }),
    );
    await until(() => runner.status.position === 5n);
    const streamsAtOnce = seen.map((names) =>
      names
        .map(([stream]) => stream)
        .toSorted()
        .join(''),
    );
    expect(new Set(streamsAtOnce)).toEqual(new Set(['a', 'ab']));
    const begun = seen.map((names) => names.at(-1));
    expect(begun.filter((name) => name?.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect(begun.filter((name) => name?.startsWith('b'))).toEqual(['b1', 'b2']);
  });

  test('is asked to flush after the whole batch and before the checkpoint moves', async () => {
    await happen('a1', 'b1');
    const steps: string[] = [];
    const runner = run(
      reactor(
        async (name) => {
          steps.push(name);
        },
        {
          flush: async () => {
            steps.push(`flush at ${await scenario.checkpoints.load('reader')}`);
          },
        },
      ),
    );
    await until(() => runner.status.position === 2n);
    expect(steps).toEqual(['a1', 'b1', 'flush at 0']);
    expect(await scenario.checkpoints.load('reader')).toBe(2n);
  });

  test('that fails begins again at its checkpoint, and nothing is skipped', async () => {
    await happen('a1', 'a2', 'a3');
    const seen: string[] = [];
    let failures = 3;
    const runner = run(
      reactor(async (name) => {
        seen.push(name);
        if (name !== 'a2' || failures === 0) return;
        failures -= 1;
        throw away('not yet');
      }),
    );
    await until(() => runner.status.position === 3n);
    expect(seen).toEqual(['a1', 'a2', 'a1', 'a2', 'a1', 'a2', 'a1', 'a2', 'a3']);
  });

  test('whose checkpoint was moved although the engine failed to say so is well again, with nothing new to do', async () => {
    await happen('a1');
    const { checkpoints } = scenario;
    const save = checkpoints.save.bind(checkpoints);
    const lost = vi.spyOn(checkpoints, 'save').mockImplementationOnce(async (...given) => {
      await save(...given);
      throw away('the answer was lost');
    });
    const runner = run(reactor(async () => undefined));
    await until(() => runner.status.failing === 'the answer was lost');
    await until(() => runner.status.failing === undefined);
    expect(lost).toHaveBeenCalledTimes(1);
    expect(await checkpoints.load('reader')).toBe(1n);
  });

  test('that goes on failing says so all the time', async () => {
    await happen('a1');
    let tries = 0;
    const runner = run(
      reactor(async () => {
        tries += 1;
        throw away('still away');
      }),
    );
    await until(() => tries === 1 && runner.status.failing !== undefined);
    const seen = new Set<string | undefined>();
    await until(() => seen.add(runner.status.failing) && tries === 3);
    expect([...seen]).toEqual(['still away']);
  });

  test('that fails on one stream has stopped on all others before it begins again', async () => {
    await happen('a1', 'b1', 'b2');
    const slow = gate();
    const seen: string[] = [];
    let failed = false;
    run(
      reactor(async (name) => {
        seen.push(name);
        if (failed) return;
        if (name === 'b1') await slow.opened;
        if (name !== 'a1') return;
        await turn();
        throw away('not yet');
      }),
    );
    await until(() => seen.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 250));
    // Still busy with b1: neither b2 nor a second attempt at a1 has begun.
    expect(seen).toEqual(['a1', 'b1']);
    failed = true;
    slow.open();
    await until(() => seen.length === 5);
    expect(seen).toEqual(['a1', 'b1', 'a1', 'b1', 'b2']);
  });

  test('whose flush fails begins again too', async () => {
    await happen('a1');
    const flush = vi.fn().mockRejectedValueOnce(away('queue away')).mockResolvedValue(null);
    const react = vi.fn(async () => undefined);
    const runner = run(reactor(react, { flush }));
    await until(() => runner.status.position === 1n);
    expect(react).toHaveBeenCalledTimes(2);
    expect(scenario.waits).toEqual([100]);
  });
});

describe('after failures', () => {
  test('scenario.waits grow to ten seconds, and begin anew after progress', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await happen('a1');
    let broken = true;
    const runner = run(
      reactor(async () => {
        if (broken) throw away('no room');
      }),
    );
    const nextWait = async (count: number) => {
      while (scenario.waits.length < count) {
        vi.advanceTimersByTime(10_000);
        await turn();
      }
    };
    await nextWait(9);
    expect(scenario.waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
    broken = false;
    while (runner.status.position !== 1n) {
      vi.advanceTimersByTime(10_000);
      await turn();
    }
    broken = true;
    await happen('a2');
    await nextWait(10);
    expect(scenario.waits.at(-1)).toBe(100);
  });

  test('a bus that ends the subscription by itself counts as one', async () => {
    const runner = run(projector());
    await turn();
    await scenario.store.close();
    await until(() => scenario.waits.length > 0);
    expect(runner.status.failing).toBe('the message bus ended the subscription');
  });

  test('stopping does not sit out the wait', async () => {
    await happen('a1');
    const runner = run(
      reactor(async () => {
        throw away('no room');
      }),
    );
    await until(() => scenario.waits.length === 4);
    const before = performance.now();
    await runner.stop();
    expect(performance.now() - before).toBeLessThan(400);
    const failures = scenario.waits.length;
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(scenario.waits).toHaveLength(failures);
  });
});

test('stopping scenario.waits for the work under way, and its checkpoint is kept', async () => {
  await happen('a1');
  const [entered, finish] = [gate(), gate()];
  const runner = run(
    reactor(async () => {
      entered.open();
      await finish.opened;
    }),
  );
  await entered.opened;
  const stopped = vi.fn();
  const stopping = runner.stop().then(stopped);
  await turn();
  expect(stopped).not.toHaveBeenCalled();
  finish.open();
  await stopping;
  expect(await scenario.checkpoints.load('reader')).toBe(1n);
});

describe('the status', () => {
  test('of one that has not begun', () => {
    const runner = new SubscriptionRunner(projector(), scenario.services(scenario.direct));
    expect(runner.status).toEqual({
      consumer: 'reader',
      position: undefined,
      caughtUp: false,
      lagSeconds: 0,
      eventsProcessed: 0,
      failures: 0,
      failing: undefined,
      eventsMissed: 0,
    });
  });

  test('tells how far behind the events are that were processed last', async () => {
    await happen('a1');
    scenario.clock.advance(90_000);
    await happen('a2');
    scenario.clock.advance(30_000);
    const [first, second] = [gate(), gate()];
    const doors = [first, second];
    const runner = run({
      ...projector(async () => (doors.shift() as typeof first).opened),
      batchSize: 1,
    });
    first.open();
    await until(() => runner.status.position === 1n);
    expect(runner.status).toMatchObject({ caughtUp: false, lagSeconds: 120, eventsProcessed: 1 });
    second.open();
    await until(() => runner.status.position === 2n);
    expect(runner.status).toMatchObject({ caughtUp: true, lagSeconds: 0, eventsProcessed: 2 });
  });

  test('names what keeps it from going on, until it goes on', async () => {
    await happen('a1');
    const runner = run(projector());
    await until(() => runner.status.caughtUp);
    let broken = true;
    const project = projector().project;
    const failing = run({
      ...projector(async (events, transaction) => {
        if (broken) throw away('disk full');
        await project(events, transaction);
      }),
      name: 'other',
    });
    await until(() => failing.status.failures === 2);
    expect(failing.status).toMatchObject({ caughtUp: false, failing: 'disk full' });
    broken = false;
    await until(() => failing.status.caughtUp);
    expect(failing.status).toMatchObject({ failing: undefined, failures: 2, position: 1n });
    expect(runner.status).toMatchObject({ failing: undefined, failures: 0 });
  });
});

describe('a consumer that has to wait for something else', () => {
  test('is not called failing for it, until it has waited for long', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await happen('a1');
    const runner = run(
      reactor(async () => {
        throw new NotYet('the index is behind');
      }),
    );
    const failing: (string | undefined)[] = [];
    while (scenario.waits.length < 9) {
      const before = scenario.waits.length;
      vi.advanceTimersByTime(10_000);
      while (scenario.waits.length === before) await turn();
      failing.push(runner.status.failing);
    }
    expect(failing.slice(0, 7)).toEqual(Array.from({ length: 7 }));
    expect(failing.at(-1)).toBe('the index is behind');
    expect(await scenario.parkedStreams.of('reader')).toEqual([]);
  });
});

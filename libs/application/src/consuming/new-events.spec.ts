import { ConsumerScenario } from '@imprest/testkit';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Standing } from '../ports/checkpoint-store.js';
import { StoreBehindBus } from './missing-events.js';
import { newEvents, notBehind } from './new-events.js';

let scenario: ConsumerScenario;

/** What is processed: everything up to an event, and of some streams more. */
function standing(
  upTo: string | undefined,
  revisions: Record<string, number> = {},
  parked: Record<string, number> = {},
): Standing {
  const byStream = (of: Record<string, number>) =>
    new Map(Object.entries(of).map(([name, revision]) => [`thing-${name}`, revision]));
  const known = byStream(revisions);
  return {
    position: upTo === undefined ? 0n : scenario.recorded(upTo)[0]!.position,
    reached: known.size === 0 ? 0n : 1_000n,
    parked: byStream(parked),
    revisions: async () => known,
  };
}

async function found(delivered: readonly string[], at: Standing) {
  const result = await newEvents(scenario.recorded(...delivered), at, scenario.store);
  expect(result.complete).toBe(true);
  return result.events.map(({ eventId }) => eventId);
}

beforeEach(async () => {
  scenario = new ConsumerScenario();
  await scenario.happen('a1', 'b1', 'a2', 'a3', 'b2', 'a4', 'c1', 'a5');
});

describe('of a delivery by revision', () => {
  test('everything is new to a consumer that has seen nothing', async () => {
    expect(await found(['a1', 'a2', 'b1'], standing(undefined))).toEqual(['a1', 'b1', 'a2']);
  });

  test('what came before is left out, and what comes twice is there once', async () => {
    const at = standing(undefined, { a: 1 });
    expect(await found(['a1', 'a2', 'a3', 'a2', 'a3', 'a4'], at)).toEqual(['a3', 'a4']);
    expect(await found(['a1', 'a2'], at)).toEqual([]);
  });

  test('what never came is read from the event store', async () => {
    expect(await found(['a4'], standing(undefined, { a: 0 }))).toEqual(['a2', 'a3', 'a4']);
    expect(await found(['a1', 'a4'], standing(undefined))).toEqual(['a1', 'a2', 'a3', 'a4']);
    expect(await found(['b2', 'a2'], standing(undefined, { b: 0 }))).toEqual(['a1', 'a2', 'b2']);
  });

  test('the first of a stream that is delivered need not be the first there is', async () => {
    expect(await found(['a3'], standing(undefined))).toEqual(['a1', 'a2', 'a3']);
  });

  test('what waits in a parked stream is left to it, and what is before it is not', async () => {
    const at = standing(undefined, {}, { a: 2 });
    expect(await found(['a1', 'a2', 'a3', 'a4', 'b1'], at)).toEqual(['a1', 'b1', 'a2']);
  });

  test('an event that the store does not give back stops everything', async () => {
    const [event] = scenario.recorded('c1');
    const ahead = { ...event!, revision: 7, position: 99n };
    const result = newEvents([ahead], standing(undefined, { c: 0 }), scenario.store);
    await expect(result).rejects.toThrow(StoreBehindBus);
  });

  test('a great gap is closed in several goes, the oldest first', async () => {
    const names = Array.from({ length: 2_500 }, (_, n) => `d${n + 1}`);
    await scenario.happen(...names);
    const delivered = scenario.recorded('d2500');
    const first = await newEvents(delivered, standing(undefined), scenario.store);
    expect(first.complete).toBe(false);
    expect(first.events.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 2_000 }, (_, revision) => revision),
    );
    const rest = await newEvents(delivered, standing(undefined, { d: 1_999 }), scenario.store);
    expect(rest.complete).toBe(true);
    expect(rest.events.at(0)?.revision).toBe(2_000);
    expect(rest.events.at(-1)?.revision).toBe(2_499);
  });
});

describe('after a consumer was moved from a bus with one order', () => {
  test('what its position covers is processed, without a row that says so', async () => {
    const at = standing('a3');
    expect(await found(['a1', 'a2', 'a3', 'a4', 'b2'], at)).toEqual(['b2', 'a4']);
    expect(await found(['a1', 'b1'], at)).toEqual([]);
  });

  test('the store is asked about the one event before, and no more', async () => {
    const read = vi.spyOn(scenario.store, 'readStream');
    expect(await found(['a4'], standing('a3'))).toEqual(['a4']);
    expect(read).toHaveBeenCalledTimes(1);
    expect(read).toHaveBeenCalledWith('thing-a', { fromRevision: 2, maxCount: 1 });
  });

  test('a gap is closed from the position on', async () => {
    expect(await found(['a5'], standing('a2'))).toEqual(['a3', 'a4', 'a5']);
    expect(await found(['a5'], standing('b2'))).toEqual(['a4', 'a5']);
  });

  test('a row that the position has passed does not count', async () => {
    expect(await found(['a5'], standing('a3', { a: 0 }))).toEqual(['a4', 'a5']);
    expect(await found(['a5'], standing('a4', { a: 0 }))).toEqual(['a5']);
  });

  test('a long stream is halved, not read', async () => {
    const names = Array.from({ length: 1_000 }, (_, n) => `d${n + 1}`);
    await scenario.happen(...names);
    const read = vi.spyOn(scenario.store, 'readStream');
    expect(await found(['d1000'], standing('d998'))).toEqual(['d999', 'd1000']);
    expect(read.mock.calls.length).toBeLessThan(15);
  });
});

describe('of a delivery by position', () => {
  const names = async (at: Standing) =>
    (await notBehind(scenario.recorded('a4', 'c1', 'a5'), at)).map(({ eventId }) => eventId);

  test('everything is new', async () => {
    expect(await names(standing('b2'))).toEqual(['a4', 'c1', 'a5']);
  });

  test('but for what was processed by revision, and what waits', async () => {
    expect(await names(standing('b2', { a: 3 }))).toEqual(['c1', 'a5']);
    expect(await names(standing('b2', {}, { a: 4 }))).toEqual(['a4', 'c1']);
  });

  test('revisions are not looked up once the position has passed them', async () => {
    const revisions = vi.fn();
    await notBehind(scenario.recorded('a5'), { ...standing('c1'), reached: 3n, revisions });
    expect(revisions).not.toHaveBeenCalled();
  });
});

import { ConsumerScenario } from '@imprest/testkit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CommandContext } from '../command-context.js';
import { EventStoreUnavailable } from '../ports/event-store.js';
import type { Consumer } from './consumer.js';

let scenario: ConsumerScenario;
/** Names of events that the consumer fails at. */
let poison: Set<string>;
/** Names in the order in which their work took effect. */
let done: string[];

const staff: CommandContext = {
  correlationId: 'req_1',
  causationId: 'req_1',
  actor: { kind: 'operator', id: 'admin-key' },
};
const fails = (name: string) => {
  if (poison.has(name)) throw new TypeError(`no such field in ${name}`);
};
const named = { name: 'reader', categories: ['thing'] } as const;
const reactor: Consumer = {
  ...named,
  kind: 'reactor',
  react: async ({ eventId }) => {
    fails(eventId);
    done.push(eventId);
  },
};
const projector: Consumer = {
  ...named,
  kind: 'projector',
  project: async (events, sql) => {
    for (const { eventId } of events) fails(eventId);
    await sql.query(
      'insert',
      events.map(({ eventId }) => eventId),
    );
  },
};
const collector: Consumer = (() => {
  let collected: string[] = [];
  return {
    ...named,
    kind: 'reactor',
    react: async ({ eventId }) => void collected.push(eventId),
    flush: async () => {
      const names = collected;
      collected = [];
      for (const name of names) fails(name);
      done.push(...names);
    },
  } as const;
})();

const effects = (consumer: Consumer) =>
  consumer.kind === 'reactor'
    ? done
    : scenario.checkpoints.statements.flatMap(({ parameters }) => parameters as string[]);
const of = (consumer: Consumer, stream: string) =>
  [...new Set(effects(consumer))].filter((name) => name.startsWith(stream));
const parked = () => scenario.parkedStreams.of('reader');
const idOfParked = async () => (await parked())[0]!.id;
const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 10_000, interval: 2 });
const facts = () =>
  (scenario.log.streams.get('consumer-reader') ?? []).map(({ type, data }) => [
    type,
    data.revision,
  ]);

/** Has something happen when nothing waits any more, right before that is put on record. */
async function atTheRelease(happens: () => Promise<void>, { dies = false } = {}): Promise<void> {
  const { checkpoints } = scenario;
  const { record } = checkpoints;
  vi.spyOn(checkpoints, 'record').mockImplementation(async (consumer, accepted) => {
    if (accepted.released === undefined) return record.call(checkpoints, consumer, accepted);
    vi.mocked(checkpoints.record).mockRestore();
    await happens();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await checkpoints.record(consumer, accepted);
    if (dies) throw new EventStoreUnavailable('gone');
  });
}

/** Waits of the consumer take no time. */
beforeEach(() => {
  const { setTimeout: real } = globalThis;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, ms = 0) =>
    real(work, ms / 100)) as typeof setTimeout);
  scenario = new ConsumerScenario();
  poison = new Set();
  done = [];
});
afterEach(async () => {
  await scenario.end();
  vi.restoreAllMocks();
});

const buses = [
  ['a bus with one order', () => scenario.direct],
  ['a bus at its worst', () => scenario.unruly(7)],
] as const;
const consumers = [
  ['a projector', projector],
  ['a reactor', reactor],
  ['a reactor that fails when it is flushed', collector],
] as const;
const combinations = buses.flatMap(([brings, bus]) =>
  consumers.map(([what, consumer]) => [what, brings, consumer, bus] as const),
);

describe.each(combinations)('%s fails at an event, brought by %s:', (_, __, consumer, bus) => {
  test('its stream waits and all others go on', async () => {
    poison.add('b2');
    await scenario.happen('a1', 'b1', 'b2', 'c1', 'b3', 'a2', 'c2');
    scenario.run(consumer, bus());
    await until(() => scenario.poisons.length === 1);
    await scenario.happen('b4', 'a3');
    await until(() => of(consumer, 'a').length === 3);
    expect(of(consumer, 'a')).toEqual(['a1', 'a2', 'a3']);
    expect(of(consumer, 'b')).toEqual(['b1']);
    expect(of(consumer, 'c')).toEqual(['c1', 'c2']);
    expect(await parked()).toMatchObject([
      {
        consumer: 'reader',
        kind: consumer.kind,
        stream: 'thing-b',
        revision: 1,
        eventId: 'b2',
        eventType: 'Happened',
        reason: 'TypeError: no such field in b2',
        attempts: 5,
        request: null,
      },
    ]);
    expect(facts()).toEqual([['EventParked', 1]]);
  });

  test('it is tried five times with growing waits, and nothing is parked when it succeeds', async () => {
    poison.add('b1');
    await scenario.happen('a1', 'b1', 'b2');
    scenario.run(consumer, bus());
    await until(() => scenario.waits.length === 3);
    poison.clear();
    await until(() => of(consumer, 'b').length === 2);
    expect(scenario.waits).toEqual([200, 400, 800]);
    expect(await parked()).toEqual([]);
  });

  test('an operator has it retried: what waited comes in order, and once', async () => {
    poison.add('b2');
    await scenario.happen('a1', 'b1', 'b2', 'b3');
    const runner = scenario.run(consumer, bus());
    await until(() => scenario.poisons.length === 1);
    await scenario.happen('b4', 'a2');
    await until(() => of(consumer, 'a').length === 2);
    poison.clear();
    const id = await idOfParked();
    await scenario.parking.retry(id, 'mended', staff);
    await runner.tend(true);
    await scenario.happen('b5');
    await until(() => of(consumer, 'b').length === 5);
    expect(of(consumer, 'b')).toEqual(['b1', 'b2', 'b3', 'b4', 'b5']);
    expect(effects(consumer).filter((name) => name > 'b1' && name < 'c')).toHaveLength(4);
    expect(await parked()).toEqual([]);
    expect(facts()).toEqual([
      ['EventParked', 1],
      ['ParkedEventRetried', 1],
      ['ParkedStreamReleased', 4],
    ]);
  });

  test('a retry that does not help leaves it parked, where it fails now', async () => {
    poison.add('b1').add('b3');
    await scenario.happen('b1', 'b2', 'b3', 'b4');
    const runner = scenario.run(consumer, bus());
    await until(() => scenario.poisons.length === 1);
    const id = await idOfParked();
    await scenario.parking.retry(id, 'perhaps', staff);
    await runner.tend(true);
    expect(await parked()).toMatchObject([{ revision: 0, attempts: 6, request: null }]);
    poison.delete('b1');
    await scenario.parking.retry(id, 'mended', staff);
    await runner.tend(true);
    expect(await parked()).toMatchObject([{ revision: 2, eventId: 'b3', attempts: 7 }]);
    expect(of(consumer, 'b')).toEqual(['b1', 'b2']);
  });

  test('events that come while it is taken up again are not lost', async () => {
    poison.add('b1');
    await scenario.happen('b1', 'b2');
    const runner = scenario.run(consumer, bus());
    await until(() => scenario.poisons.length === 1);
    poison.clear();
    const id = await idOfParked();
    await scenario.parking.retry(id, 'mended', staff);
    await atTheRelease(() => scenario.happen('b3'));
    await runner.tend(true);
    await scenario.happen('b4');
    await until(() => of(consumer, 'b').length === 4);
    expect(of(consumer, 'b')).toEqual(['b1', 'b2', 'b3', 'b4']);
    expect(effects(consumer).filter((name) => name === 'b3')).toHaveLength(1);
  });

  test('a process that dies right after the release leaves the last look to the next one', async () => {
    poison.add('b1');
    await scenario.happen('b1', 'b2');
    const runner = scenario.run(consumer, bus());
    await until(() => scenario.poisons.length === 1);
    poison.clear();
    const id = await idOfParked();
    await scenario.parking.retry(id, 'mended', staff);
    await atTheRelease(() => scenario.happen('b3'), { dies: true });
    await expect(runner.tend(true)).rejects.toThrow('gone');
    await runner.tend(true);
    await until(() => of(consumer, 'b').length === 3);
    expect(of(consumer, 'b')).toEqual(['b1', 'b2', 'b3']);
    expect(await parked()).toEqual([]);
  });
});

describe('staff', () => {
  const park = async (consumer: Consumer) => {
    poison.add('b1');
    await scenario.happen('b1', 'b2');
    const runner = scenario.run(consumer);
    await until(() => scenario.poisons.length === 1);
    const id = await idOfParked();
    return { runner, id };
  };

  test('lets a reactor do without one event, and no more than one', async () => {
    const { runner, id } = await park(reactor);
    const asked = await scenario.parking.skip(id, 'the customer was told', staff);
    const by = { reason: 'the customer was told', by: 'admin-key' };
    expect(asked.request).toMatchObject({ action: 'skip', revision: 0, ...by });
    await runner.tend(true);
    expect(done).toEqual(['b2']);
    expect(facts()).toEqual([
      ['EventParked', 0],
      ['ParkedEventSkipped', 0],
      ['ParkedStreamReleased', 2],
    ]);
  });

  test('a skip that was cut off skips nothing more when it goes on', async () => {
    const { runner, id } = await park(reactor);
    await scenario.parking.skip(id, 'told', staff);
    const { record } = scenario.checkpoints;
    vi.spyOn(scenario.checkpoints, 'record').mockImplementationOnce(async (...given) => {
      await record.apply(scenario.checkpoints, given);
      throw new EventStoreUnavailable('gone');
    });
    await expect(runner.tend(true)).rejects.toThrow('gone');
    await runner.tend(true);
    expect(done).toEqual(['b2']);
  });

  test('cannot skip for a projector: its rows have to be what a replay makes', async () => {
    const { id } = await park(projector);
    const skipping = scenario.parking.skip(id, 'in the way', staff);
    await expect(skipping).rejects.toMatchObject({ error: { code: 'conflict' } });
    expect(await parked()).toMatchObject([{ request: null }]);
  });

  test('asks for one thing at a time, and asking twice is asking once', async () => {
    const { id } = await park(reactor);
    await scenario.parking.retry(id, 'mended', staff);
    await scenario.parking.retry(id, 'mended', staff);
    const other = scenario.parking.skip(id, 'or not', staff);
    await expect(other).rejects.toMatchObject({ error: { code: 'conflict' } });
    expect(facts().slice(1)).toEqual([['ParkedEventRetried', 0]]);
  });

  test('finds nothing under an id that is not parked', async () => {
    const retry = scenario.parking.retry('prk_none', 'mended', staff);
    await expect(retry).rejects.toMatchObject({ error: { code: 'not_found' } });
  });
});

describe('never parked', () => {
  test('is what an engine fails at, however often', async () => {
    await scenario.happen('b1');
    let failures = 8;
    const react = async () => {
      if (failures-- > 0) throw new EventStoreUnavailable('no answer');
      done.push('b1');
    };
    const runner = scenario.run({ ...named, kind: 'reactor', react });
    await until(() => done.length === 1);
    expect(scenario.waits).toHaveLength(8);
    expect(await parked()).toEqual([]);
    expect(runner.status.failing).toBeUndefined();
  });

  test('is what a consumer fails at with every event: it stops', async () => {
    const names = Array.from({ length: 120 }, (_, n) => `${String.fromCodePoint(0x4e00 + n)}1`);
    await scenario.happen(...names);
    const react = async () => {
      throw new TypeError('a bug');
    };
    const runner = scenario.run({ ...named, kind: 'reactor', react });
    await until(() => runner.status.failing !== undefined);
    expect(runner.status.failing).toBe('a bug');
    expect(await parked()).toEqual([]);
  });
});

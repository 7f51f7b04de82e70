import { setTimeout as delay } from 'node:timers/promises';
import { type EventEnvelope, type RecordedEvent, streamId } from '@imprest/event-catalogue';
import { gate, InMemoryEventLog, InMemoryEventStore } from '@imprest/testkit';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../ports/clock.js';
import type { ExclusiveLock, ExclusiveLocks } from '../ports/exclusive-locks.js';
import type { RelayPosition } from '../ports/relay-position.js';
import { EventRelay, type RelayObserver } from './event-relay.js';

/** A name that one relay of the test holds at a time, and that can be taken away. */
class Locks implements ExclusiveLocks {
  private holder: { lose(): void } | undefined;
  private readonly waiting: (() => void)[] = [];

  async acquire(_: string, signal: AbortSignal): Promise<ExclusiveLock | undefined> {
    while (this.holder !== undefined && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    if (signal.aborted) return undefined;
    const lost = gate();
    const holder = { lose: () => lost.open() };
    this.holder = holder;
    return {
      lost: lost.opened,
      isHeld: () => this.holder === holder,
      release: async () => {
        if (this.holder === holder) this.free();
      },
    };
  }

  /** Whoever holds it does not any more, and hears of it only if `told`. */
  depose(told = true): void {
    const { holder } = this;
    this.free();
    if (told) holder?.lose();
  }

  async close(): Promise<void> {}

  private free(): void {
    this.holder = undefined;
    for (const wake of this.waiting.splice(0)) wake();
  }
}

class Position implements RelayPosition {
  at = 0n;
  failures = 0;

  async load(): Promise<bigint> {
    return this.at;
  }

  async advance(from: bigint, to: bigint): Promise<boolean> {
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('the position was not written');
    }
    if (this.at !== from) return false;
    this.at = to;
    return true;
  }

  async rewind(to: bigint): Promise<void> {
    this.at = to;
  }
}

let log: InMemoryEventLog;
let position: Position;
let locks: Locks;
let sent: RecordedEvent[][];
let relays: EventRelay[];
/** What the broker does with a batch before it confirms it. */
let broker: (events: readonly RecordedEvent[]) => Promise<void>;

const ids = () => sent.flat().map(({ eventId }) => eventId);
const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 5_000, interval: 5 });
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

function envelope(eventId: string): EventEnvelope {
  const actor = { kind: 'system', id: 'test' } as const;
  const metadata = { correlationId: 'c', causationId: 'c', occurredAt: '2026-01-15T09:00:00.000Z' };
  return { eventId, type: 'Happened', version: 1, data: {}, metadata: { ...metadata, actor } };
}

async function happen(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const stream = `thing-${Number(name) % 3}`;
    const expectedRevision = (log.streams.get(stream)?.length ?? 0) - 1;
    log.append([{ stream, expectedRevision, events: [envelope(name)] }], new Date());
  }
}

function relay(observer: RelayObserver = {}, batchEvents = 10): EventRelay {
  const publisher = {
    publish: async (events: readonly RecordedEvent[]) => {
      await broker(events);
      sent.push([...events]);
    },
    close: async () => {},
  };
  const store = new InMemoryEventStore(log);
  const parts = { store, publisher, position, locks, clock: systemClock, observer };
  const made = new EventRelay(parts, { batchEvents, readIntervalMs: 0, recordIntervalMs: 5 });
  relays.push(made);
  made.start();
  return made;
}

beforeEach(() => {
  log = new InMemoryEventLog();
  position = new Position();
  locks = new Locks();
  sent = [];
  relays = [];
  broker = async () => {};
});
afterEach(() => Promise.all(relays.map((each) => each.stop())));

describe('a relay', () => {
  test('hands over what is in the store, then what follows, in the order of the store', async () => {
    await happen(...range(1, 25));
    relay();
    await until(() => ids().length === 25);
    await happen(...range(26, 30));
    await until(() => position.at === 30n);
    expect(ids()).toEqual(range(1, 30));
  });

  test('begins behind the position on record', async () => {
    await happen(...range(1, 20));
    position.at = 15n;
    relay();
    await until(() => position.at === 20n);
    expect(ids()).toEqual(range(16, 20));
  });

  test('never records more than the broker has confirmed', async () => {
    const confirm = gate();
    broker = () => confirm.opened;
    await happen(...range(1, 5));
    const leader = relay();
    await delay(30);
    expect([position.at, leader.status.position]).toEqual([0n, 0n]);
    confirm.open();
    await until(() => position.at === 5n);
  });

  test('reads on while it sends, and sends together what has come meanwhile, in bounded batches', async () => {
    const confirm = gate();
    broker = () => confirm.opened;
    relay();
    await happen('1');
    await delay(10);
    for (const name of range(2, 25)) await happen(name);
    await delay(20);
    confirm.open();
    await until(() => position.at === 25n);
    expect(sent.map((batch) => batch.length).slice(0, 2)).toEqual([1, 10]);
    expect(sent.length).toBeLessThan(6);
    expect(Math.max(...sent.map((batch) => batch.length))).toBe(10);
  });

  test('finishes and records the batch under way when it is stopped', async () => {
    const [entered, confirm] = [gate(), gate()];
    broker = () => {
      entered.open();
      return confirm.opened;
    };
    await happen(...range(1, 5));
    const leader = relay();
    await entered.opened;
    const stopping = leader.stop();
    confirm.open();
    await stopping;
    expect([ids(), position.at]).toEqual([range(1, 5), 5n]);
  });

  test('tells how far it is and how old the newest event was', async () => {
    const published = vi.fn();
    await happen(...range(1, 3));
    const leader = relay({ published });
    await until(() => position.at === 3n);
    expect(leader.status).toMatchObject({ leading: true, position: 3n, eventsPublished: 3 });
    expect(published).toHaveBeenCalledWith(3, 3n, expect.any(Number));
  });
});

describe('a relay that fails', () => {
  test('tries again from the position on record when the broker takes nothing', async () => {
    let failures = 2;
    broker = async () => {
      if (failures-- > 0) throw new Error('no leader');
    };
    const failed = vi.fn();
    await happen(...range(1, 5));
    const leader = relay({ failed });
    await until(() => position.at === 5n);
    expect(ids()).toEqual(range(1, 5));
    expect(failed.mock.calls.map(([, retryInMs]) => retryInMs)).toEqual([100, 200]);
    expect(leader.status).toMatchObject({ failures: 2, failing: undefined });
  });

  test('sends again what it could not record, and loses nothing', async () => {
    position.failures = 1;
    await happen(...range(1, 5));
    relay();
    await until(() => position.at === 5n);
    expect(ids()).toEqual([...range(1, 5), ...range(1, 5)]);
  });

  test('says what keeps it from going on', async () => {
    broker = () => Promise.reject(new Error('no such topic'));
    await happen('1');
    const leader = relay();
    await until(() => leader.status.failing !== undefined);
    expect(leader.status).toMatchObject({ failing: 'no such topic', position: 0n });
  });
});

test('a relay that failed and stands by since is not failing', async () => {
  broker = () => Promise.reject(new Error('no such topic'));
  await happen('1');
  const failed = relay();
  await until(() => failed.status.failing !== undefined);
  broker = async () => {};
  const other = relay();
  await until(() => position.at === 1n);
  const standby = other.status.leading ? failed : other;
  await until(() => standby.status.failing === undefined);
  expect(standby.status.leading).toBe(false);
});

describe('of two relays', () => {
  test('one relays and the other takes over where it has got to', async () => {
    const first = relay();
    await until(() => first.status.leading);
    const second = relay();
    await happen(...range(1, 10));
    await until(() => ids().length === 10);
    expect(second.status.leading).toBe(false);
    await first.stop();
    await happen(...range(11, 20));
    await until(() => position.at === 20n);
    expect(ids()).toEqual(range(1, 20));
    expect(second.status).toMatchObject({ leading: true, eventsPublished: 10 });
  });

  test('a leader that loses its place gives way after the batch under way', async () => {
    const [entered, confirm] = [gate(), gate()];
    broker = () => {
      entered.open();
      return confirm.opened;
    };
    const first = relay();
    await happen(...range(1, 5));
    await entered.opened;
    relay();
    locks.depose();
    broker = async () => {};
    await until(() => position.at === 5n);
    confirm.open();
    await happen('6');
    await until(() => position.at === 6n);
    expect(new Set(ids())).toEqual(new Set(range(1, 6)));
    expect(first.status.failures).toBe(0);
  });

  test('a leader that was frozen sends nothing more and moves nothing back when it wakes', async () => {
    const [entered, wake] = [gate(), gate()];
    broker = () => {
      entered.open();
      return wake.opened;
    };
    const frozen = relay();
    await happen(...range(1, 5));
    await entered.opened;
    await happen(...range(6, 15));
    broker = async () => {};
    relay();
    locks.depose(false);
    await until(() => position.at === 15n);
    const before = ids().length;
    wake.open();
    await until(() => !frozen.status.leading);
    // The batch that was under way; nothing behind it.
    expect(ids().slice(before)).toEqual(range(1, 5));
    expect(position.at).toBe(15n);
  });
});

describe('rewinding', () => {
  test('makes the leader go on from there', async () => {
    await happen(...range(1, 10));
    relay();
    await until(() => position.at === 10n);
    await position.rewind(4n);
    await happen('11');
    await until(() => position.at === 11n);
    const again = ids().lastIndexOf('5');
    expect(ids().slice(again)).toEqual(range(5, 11));
    await position.rewind(9n);
    await until(() => position.at === 11n);
    expect(ids().slice(-2)).toEqual(range(10, 11));
  });
});

test('whatever fails and whenever, everything arrives, and each stream in order but for repeats', async () => {
  const trouble = fc.constantFrom('none', 'before', 'after', 'record', 'depose');
  await fc.assert(
    fc.asyncProperty(fc.array(trouble, { maxLength: 12 }), async (troubles) => {
      log = new InMemoryEventLog();
      [position, locks, sent, relays] = [new Position(), new Locks(), [], []];
      const queue = [...troubles];
      broker = async (events) => {
        const next = queue.shift();
        if (next === 'before') throw new Error('not taken');
        if (next === 'record') position.failures += 1;
        if (next === 'depose') locks.depose();
        if (next !== 'after') return;
        sent.push([...events]);
        throw new Error('taken, but not confirmed');
      };
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const pass = setInterval(() => vi.advanceTimersByTime(1_000), 1);
      try {
        [relay({}, 4), relay({}, 4)];
        for (let n = 1; n <= 30; n += 1) {
          await happen(String(n));
          if (n % 4 === 0) await new Promise(setImmediate);
        }
        while (position.at !== 30n) await new Promise(setImmediate);
        await Promise.all(relays.map((each) => each.stop()));
      } finally {
        clearInterval(pass);
        vi.useRealTimers();
      }
      expect(new Set(ids())).toEqual(new Set(range(1, 30)));
      for (const each of ['0', '1', '2']) {
        const seen = new Set<number>();
        for (const { stream, revision } of sent.flat()) {
          if (streamId(stream) !== each || seen.has(revision)) continue;
          expect(revision).toBe(seen.size);
          seen.add(revision);
        }
      }
    }),
    { numRuns: 60 },
  );
});

import { InMemoryEventLog, InMemoryEventStore } from '@imprest/testkit';
import { expect, test } from 'vitest';
import { NO_STREAM } from '../ports/event-store.js';
import { relayLag } from './relay-lag.js';

const BEGIN_MS = Date.parse('2026-01-15T09:00:00Z');
const clock = { now: () => new Date(BEGIN_MS + 60_000) };

/** One event a second. */
function storeWith(events: number): InMemoryEventStore {
  const log = new InMemoryEventLog();
  const actor = { kind: 'system', id: 'test' } as const;
  const metadata = {
    correlationId: 'c',
    causationId: 'c',
    occurredAt: '2026-01-15T09:00:00Z',
    actor,
  };
  for (let n = 0; n < events; n += 1) {
    const event = { eventId: String(n), type: 'Happened', version: 1, data: {}, metadata };
    const append = { stream: `thing-${n}`, expectedRevision: NO_STREAM, events: [event] };
    log.append([append], new Date(BEGIN_MS + n * 1_000));
  }
  return new InMemoryEventStore(log);
}

test('nothing waits at the head', async () => {
  expect(await relayLag(storeWith(5), clock, 5n)).toEqual({
    ...{ head: 5n, events: 0, more: false, seconds: 0 },
  });
});

test('what waits is counted, and the oldest of it has the age', async () => {
  const lag = await relayLag(storeWith(30), clock, 10n);
  expect(lag).toEqual({ head: 30n, events: 20, more: false, seconds: 50 });
});

test('no more is counted than asked for', async () => {
  const lag = await relayLag(storeWith(30), clock, 10n, 1);
  expect(lag).toEqual({ head: 30n, events: 1, more: true, seconds: 50 });
});

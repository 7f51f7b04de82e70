import { randomUUID } from 'node:crypto';
import { PostgresEventStore } from '@imprest/event-store-postgres';

/**
 * One writing process: `callers` at once append pairs of events, to a stream of their own and, every
 * third time, to one of the streams all processes write. Sends the ids of acknowledged events.
 */
const [connectionString, category, calls, callers, sharedStreams] = process.argv.slice(2);
const store = await PostgresEventStore.connect({ connectionString });

const metadata = {
  correlationId: 'c',
  causationId: 'c',
  occurredAt: '2026-01-31T12:00:00.000Z',
  actor: { kind: 'system', id: String(process.pid) },
};
const anEvent = (data) => ({
  eventId: randomUUID(),
  type: 'SomethingHappened',
  version: 1,
  data,
  metadata,
});

async function headOf(stream) {
  const newest = store.readStream(stream, { direction: 'backwards', maxCount: 1 });
  for await (const [event] of newest) return event.revision;
  return -1;
}

let left = Number(calls);
let conflicts = 0;
const acknowledged = [];

async function appendPair(n) {
  const own = `${category}-${process.pid}_${n}`;
  const shared = `${category}-shared_${n % Number(sharedStreams)}`;
  const other = n % 3 === 0 ? shared : `${own}_b`;
  const first = {
    stream: own,
    expectedRevision: -1,
    events: [anEvent({ n, text: 'x'.repeat(200) })],
  };
  const second = { stream: other, events: [anEvent({ n }), anEvent({ n })] };
  for (;;) {
    const expectedRevision = other === shared ? await headOf(shared) : -1;
    const result = await store.append([first, { ...second, expectedRevision }]);
    if (result.kind === 'appended') break;
    conflicts += 1;
  }
  acknowledged.push(first.events[0].eventId, ...second.events.map((event) => event.eventId));
  if (acknowledged.length === 300) process.send({ kind: 'writing' });
}

async function caller() {
  while (left > 0) {
    left -= 1;
    await appendPair(left);
  }
}

await Promise.all(Array.from({ length: Number(callers) }, caller));
await store.close();
process.send({ kind: 'written', acknowledged, conflicts }, () => process.disconnect());

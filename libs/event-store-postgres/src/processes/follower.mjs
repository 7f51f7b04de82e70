import { PostgresEventStore } from '@imprest/event-store-postgres';

/** Follows the store from its start; told a position, sends everything it saw once it got there. */
const [connectionString] = process.argv.slice(2);
const store = await PostgresEventStore.connect({ connectionString });
const seen = [];
let position = 0n;
let target;

async function finish() {
  target = undefined;
  await store.close();
  process.send({ kind: 'seen', seen }, () => process.disconnect());
}

const subscription = store.subscribe({ after: 0n, batchSize: 200 }, async (batch) => {
  for (const event of batch.events) {
    seen.push([event.position, event.stream, event.revision, event.eventId]);
  }
  position = batch.position;
  if (target !== undefined && position >= target) setImmediate(finish);
});
subscription.ended.catch((error) => {
  throw error;
});

process.on('message', ({ head }) => {
  target = head;
  if (position >= target) setImmediate(finish);
});
process.send({ kind: 'following' });

import { EventStoreUnavailable, type GenerationView } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { ProgressStreams } from './stream-progress.js';

/** Streams whose store goes away between the news that a generation has ended and its record. */
function streamsOf(events: readonly RecordedEvent[]): ProgressStreams {
  const feed = {
    watch: async (_id: string, listener: (event: RecordedEvent) => void) => {
      for (const event of events) listener(event);
      return () => {};
    },
  };
  const store = {
    readStream: () => {
      throw new EventStoreUnavailable('the connection was lost');
    },
  };
  const parts = [feed, { watch: () => () => {} }, { watch: () => () => {} }, {}, store];
  return new ProgressStreams(...(parts as ConstructorParameters<typeof ProgressStreams>));
}

const told = (type: string, position: bigint, data = {}) =>
  ({ type, position, data, stream: 'generation-req_1' }) as RecordedEvent;

test('an end that cannot be read is left to the next connection, and stops nothing', async () => {
  const streams = streamsOf([
    told('GenerationRequested', 1n),
    told('JobLeased', 2n, { attempt: 1 }),
    told('GenerationSucceeded', 3n),
  ]);
  const app = fastify();
  const view = { id: 'req_1', status: 'running' } as unknown as GenerationView;
  app.get('/', (_request, reply) =>
    streams.stream(view, { lastEventId: undefined, previews: false }, reply),
  );

  const { body } = await app.inject('/');

  expect(body.match(/^event: .+$/gm)).toEqual(['event: queued', 'event: started']);
  await app.close();
});

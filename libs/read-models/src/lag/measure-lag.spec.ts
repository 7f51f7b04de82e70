import type { Standing } from '@imprest/application';
import { InMemoryEventStore } from '@imprest/testkit';
import { exampleEvent } from '@imprest/testkit/domain';
import { RecordedLog } from '@imprest/testkit/projections';
import { expect, test } from 'vitest';
import { measureLag } from './measure-lag.js';

const now = new Date('2026-11-20T10:00:00Z');

/** A thousand events, and consumers that have passed so many of them. */
async function lagsOf(positions: Readonly<Record<string, bigint>>, mostEvents?: number) {
  const log = new RecordedLog();
  for (let count = 0; count < 1_000; count += 1) {
    log.record(`g${count}`, exampleEvent('GenerationRequested'));
  }
  const store = new InMemoryEventStore();
  await log.appendTo(store);
  const consumers = Object.entries(positions).map(([consumer, position]) => ({
    consumer,
    position,
  }));
  const standingOf = async (consumer: string): Promise<Standing> => {
    const position = positions[consumer] ?? 0n;
    return { position, reached: position, parked: new Map(), revisions: async () => new Map() };
  };
  const lags = await measureLag(store, consumers, standingOf, now, mostEvents);
  return new Map(lags.map((lag) => [lag.consumer, lag]));
}

test('whoever stands behind the end of a look that was cut is behind, by positions', async () => {
  const lags = await lagsOf({ slow: 100n, slower: 0n, quick: 990n, current: 1_000n }, 500);

  expect(lags.get('slower')).toMatchObject({ state: 'behind', eventsBehind: 500 });
  expect(lags.get('slow')).toMatchObject({ state: 'behind', eventsBehind: 400 });
  expect(lags.get('quick')).toMatchObject({ state: 'behind', eventsBehind: 10 });
  expect(lags.get('current')).toMatchObject({ state: 'current', eventsBehind: 0 });
});

test('a look that came to the head tells who has nothing to do', async () => {
  const lags = await lagsOf({ slow: 100n, quick: 990n, journal: 0n }, 1_000);

  expect(lags.get('slow')).toMatchObject({ state: 'behind', eventsBehind: 900 });
  expect(lags.get('quick')).toMatchObject({ state: 'behind', eventsBehind: 10 });
  expect(lags.get('journal')).toMatchObject({ state: 'current', eventsBehind: 0 });
});

import { ConsumerScenario } from '@imprest/testkit';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { EventStoreUnavailable } from '../ports/event-store.js';
import type { MessageBus } from '../ports/message-bus.js';
import type { Consumer } from './consumer.js';

const STREAMS = ['a', 'b', 'c', 'd', 'e'];

/** Histories of a few streams, each event named by its stream and number. */
const histories = fc
  .array(fc.constantFrom(...STREAMS), { minLength: 1, maxLength: 60 })
  .map((streams) => {
    const counts = new Map<string, number>();
    return streams.map((stream) => {
      const number = (counts.get(stream) ?? 0) + 1;
      counts.set(stream, number);
      return `${stream}${number}`;
    });
  });

const seeds = fc.nat({ max: 100_000 });
const ofStream = (stream: string, names: readonly string[]) =>
  names.filter((name) => name.startsWith(stream));
const caughtUpWith = (scenario: ConsumerScenario, seen: () => number) =>
  vi.waitUntil(() => seen() >= scenario.log.events.length, { timeout: 5_000, interval: 1 });

/** Every event of each stream once, in order. */
function expectExactlyOnce(scenario: ConsumerScenario, seen: readonly string[]): void {
  const happened = scenario.log.events.map(({ eventId }) => eventId);
  for (const stream of STREAMS) expect(ofStream(stream, seen)).toEqual(ofStream(stream, happened));
}

function projector(): Consumer {
  return {
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
}

const rows = (scenario: ConsumerScenario) =>
  scenario.checkpoints.statements.flatMap(({ parameters }) => parameters as string[]);

test('a projector writes every event once, whatever comes twice, late and cut off', async () => {
  await fc.assert(
    fc.asyncProperty(histories, seeds, seeds, async (history, seed, failures) => {
      const scenario = new ConsumerScenario();
      await scenario.happen(...history);
      let left = failures % 3;
      const accept = scenario.checkpoints.accept.bind(scenario.checkpoints);
      vi.spyOn(scenario.checkpoints, 'accept').mockImplementation(async (...given) => {
        await accept(...given);
        // Committed, and nobody was told: all of it comes again.
        if (left-- > 0) throw new EventStoreUnavailable('cut off');
      });
      scenario.run(projector(), scenario.unruly(seed));
      await caughtUpWith(scenario, () => rows(scenario).length);
      await scenario.end();
      expectExactlyOnce(scenario, rows(scenario));
    }),
    { numRuns: 20 },
  );
}, 20_000);

test('a reactor has every event, those of a stream in order', async () => {
  await fc.assert(
    fc.asyncProperty(histories, seeds, async (history, seed) => {
      const scenario = new ConsumerScenario();
      await scenario.happen(...history);
      const seen: string[] = [];
      const react = async ({ eventId }: { eventId: string }) => void seen.push(eventId);
      const reactor = { kind: 'reactor', name: 'reader', categories: ['thing'], react } as const;
      scenario.run(reactor, scenario.unruly(seed));
      await caughtUpWith(scenario, () => seen.length);
      await scenario.end();
      expectExactlyOnce(scenario, seen);
    }),
    { numRuns: 40 },
  );
});

test('two processes that are brought the same streams at once write every event once', async () => {
  await fc.assert(
    fc.asyncProperty(histories, seeds, seeds, async (history, seed, other) => {
      const scenario = new ConsumerScenario();
      await scenario.happen(...history);
      scenario.run(projector(), scenario.unruly(seed));
      scenario.run(projector(), scenario.unruly(other));
      await caughtUpWith(scenario, () => rows(scenario).length);
      await scenario.end();
      expectExactlyOnce(scenario, rows(scenario));
    }),
    { numRuns: 25 },
  );
});

test('moving between buses in the middle of a history loses and doubles nothing', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.array(seeds, { maxLength: 4 }), async (history, moves) => {
      const scenario = new ConsumerScenario();
      const part = Math.ceil(history.length / (moves.length + 1));
      for (const [n, seed] of [0, ...moves].entries()) {
        await scenario.happen(...history.slice(n * part, (n + 1) * part));
        const bus: MessageBus = n % 2 === 0 ? scenario.direct : scenario.unruly(seed);
        const runner = scenario.run(projector(), bus);
        await caughtUpWith(scenario, () => rows(scenario).length);
        await runner.stop();
      }
      expectExactlyOnce(scenario, rows(scenario));
    }),
    { numRuns: 40 },
  );
});

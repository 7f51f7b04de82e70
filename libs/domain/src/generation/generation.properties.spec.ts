import { generationRequest, priceQuote, storedImage } from '@imprest/testkit/domain';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { fold } from '../shared/decider.js';
import { type GenerationCommand, type GenerationEvent, generation } from './index.js';

// Many runs on a machine that does other work as well.
vi.setConfig({ testTimeout: 30_000 });

const index = fc.integer({ min: -1, max: 6 });
const reason = fc.constantFrom('by the caller', 'by an operator');

const price = fc
  .record({ images: fc.integer({ min: 1, max: 5 }), perImage: fc.bigInt({ min: 0n, max: 50n }) })
  .map(priceQuote);

const request = fc
  .record({ price, fingerprint: fc.constantFrom('one', 'two') })
  .map((parts) => ({ type: 'RequestGeneration', request: generationRequest(parts) }) as const);

const command: fc.Arbitrary<GenerationCommand> = fc.oneof(
  request,
  fc.record({ type: fc.constant('StartGeneration'), attempt: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    type: fc.constant('CompleteGeneration'),
    stored: fc.array(
      index.map((at) => storedImage(at)),
      { maxLength: 7 },
    ),
    lost: fc.array(index, { maxLength: 4 }),
  }),
  fc.record({
    type: fc.constant('FailGeneration'),
    code: fc.constantFrom('provider_error', 'provider_timeout', 'content_policy'),
    message: fc.string(),
    retryable: fc.boolean(),
    retryAfter: fc.option(fc.nat()),
  }),
  fc.record({ type: fc.constant('CancelGeneration'), reason }),
  fc.record({ type: fc.constant('EraseGeneration'), reason }),
);

function isEnd(event: GenerationEvent) {
  return (
    event.type === 'GenerationSucceeded' ||
    event.type === 'GenerationFailed' ||
    event.type === 'GenerationCancelled'
  );
}

function play(commands: readonly GenerationCommand[]): readonly GenerationEvent[] {
  const events: GenerationEvent[] = [];
  const state = generation.initialState();
  for (const command of commands) {
    const decision = generation.decide(command, state);
    if (decision.kind === 'rejected') continue;
    for (const event of decision.events) {
      generation.evolve(state, event);
      events.push(event);
    }
    expect(generation.decide(command, state)).toEqual({ kind: 'accepted', events: [] });
  }
  return events;
}

const history = fc.tuple(request, fc.array(command, { maxLength: 12, size: 'max' }));

test('whatever commands come, it ends at most once, and exactly once when cancelled at last', () => {
  fc.assert(
    fc.property(history, ([first, commands]) => {
      const soFar = play([first, ...commands]).filter(isEnd);
      expect(soFar.length).toBeLessThanOrEqual(1);
      const atLast = play([first, ...commands, { type: 'CancelGeneration', reason: 'at last' }]);
      expect(atLast.filter(isEnd)).toHaveLength(1);
    }),
    { numRuns: 1_000 },
  );
});

test('what is charged and what is refunded add up to the price, and only stored images are charged', () => {
  fc.assert(
    fc.property(history, ([first, commands]) => {
      const { images, perImage, total } = first.request.price;
      const events = play([first, ...commands]);
      const stored = events.flatMap((event) =>
        event.type === 'ImageStored' ? [event.data.index] : [],
      );
      expect(new Set(stored).size).toBe(stored.length);
      expect(stored.every((at) => at >= 0 && at < images)).toBe(true);
      for (const event of events.filter(isEnd)) {
        expect(event.data.charged + event.data.refunded).toBe(total);
        expect(event.data.charged).toBe(perImage * BigInt(stored.length));
      }
    }),
    { numRuns: 1_000 },
  );
});

test('the same events fold to the same state', () => {
  fc.assert(
    fc.property(history, ([first, commands]) => {
      const events = play([first, ...commands]);
      expect(fold(generation, events)).toEqual(fold(generation, events));
    }),
  );
});

import { storedImages } from '@imprest/testkit/domain';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { fold } from '../shared/decider.js';
import { type JobCommand, type JobEvent, job } from './index.js';

// Many runs on a machine that does other work as well.
vi.setConfig({ testTimeout: 30_000 });

const workerId = fc.constantFrom('gpu-a', 'gpu-b');
const now = '2026-01-15T09:00:00.000Z';
/** How far from the newest fence: mostly the holder itself, sometimes a late or a forged one. */
const offset = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: -2, max: 2 }));

type Draft = (fence: number) => JobCommand;

const queue: Draft = () => ({ type: 'QueueJob', tenantId: 'ten', model: 'landscape-1', cost: 1 });

const draft: fc.Arbitrary<Draft> = fc.oneof(
  fc.constant(queue),
  {
    weight: 3,
    arbitrary: fc.record({ workerId, step: fc.integer({ min: -1, max: 3 }) }).map(lease),
  },
  fc
    .record({ offset, fraction: fc.double({ min: -0.5, max: 1.5 }) })
    .map(({ offset, fraction }): Draft => {
      return (fence) => ({ type: 'ReportProgress', fence: fence + offset, fraction });
    }),
  offset.map((offset): Draft => {
    return (fence) => ({
      type: 'CompleteJob',
      fence: fence + offset,
      stored: storedImages(1),
      lost: [],
    });
  }),
  {
    weight: 2,
    arbitrary: fc.record({ offset, retry: fc.boolean() }).map(({ offset, retry }): Draft => {
      return (fence) => ({
        type: 'FailAttempt',
        fence: fence + offset,
        failureClass: 'infrastructure',
        message: 'the worker went away',
        retryAt: retry ? now : null,
      });
    }),
  },
  fc.constant<Draft>(() => ({ type: 'CancelJob', reason: 'by the caller' })),
);

function lease({ workerId, step }: { readonly workerId: string; readonly step: number }): Draft {
  return (fence) => ({ type: 'LeaseJob', workerId, fence: fence + step, now });
}

const history = fc.array(draft, { maxLength: 25, size: 'max' });

const terminal: readonly JobEvent['type'][] = ['JobSucceeded', 'JobDeadLettered', 'JobCancelled'];

function play(drafts: readonly Draft[]): readonly JobEvent[] {
  const events: JobEvent[] = [];
  const state = job.initialState();
  for (const draft of [queue, ...drafts]) {
    const command = draft(state.fence);
    const before = structuredClone(state);
    const decision = job.decide(command, state);
    expect(state).toEqual(before);
    if (decision.kind === 'rejected') continue;
    for (const event of decision.events) {
      job.evolve(state, event);
      events.push(event);
    }
    expect(job.decide(command, state)).toEqual({ kind: 'accepted', events: [] });
  }
  return events;
}

const isTerminal = (event: JobEvent) => terminal.includes(event.type);

test('whatever commands come, a job ends at most once, as the last it says, and once when cancelled at last', () => {
  fc.assert(
    fc.property(history, (drafts) => {
      const events = play(drafts);
      expect(events.filter(isTerminal).length).toBeLessThanOrEqual(1);
      expect(events.slice(0, -1).some(isTerminal)).toBe(false);
      const atLast = play([...drafts, () => ({ type: 'CancelJob', reason: 'at last' })]);
      expect(atLast.filter(isTerminal)).toHaveLength(1);
    }),
    { numRuns: 1_000 },
  );
});

test('fences grow with every lease, attempts count them, and only the newest lease is heard', () => {
  fc.assert(
    fc.property(history, (drafts) => {
      let fence = 0;
      let attempt = 0;
      let fraction = 0;
      for (const { type, data } of play(drafts)) {
        if (type === 'JobLeased') {
          expect(data.fence).toBeGreaterThan(fence);
          expect(data.attempt).toBe(attempt + 1);
          ({ fence, attempt } = data);
          fraction = 0;
        } else if ('fence' in data) {
          expect(data.fence).toBe(fence);
        }
        if (type === 'JobProgressed') {
          expect(data.fraction).toBeGreaterThan(fraction);
          expect(data.fraction).toBeLessThanOrEqual(1);
          fraction = data.fraction;
        }
      }
    }),
    { numRuns: 1_000 },
  );
});

test('the same events fold to the same state', () => {
  fc.assert(
    fc.property(history, (drafts) => {
      const events = play(drafts);
      expect(fold(job, events)).toEqual(fold(job, events));
    }),
  );
});

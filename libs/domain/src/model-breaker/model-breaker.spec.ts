import { given } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { AttemptWindow, type BreakerRule, type ModelBreakerEvent, modelBreaker } from './index.js';

const now = '2026-01-15T09:00:00.000Z';
const rule: BreakerRule = {
  counted: ['infrastructure'],
  consecutive: 3,
  ratio: 0.5,
  leastAttempts: 6,
  windowSeconds: 60,
  openSeconds: 30,
  longestOpenSeconds: 100,
};

const opened = (probeAt: string, reason = 'broken'): ModelBreakerEvent => ({
  type: 'ModelBreakerOpened',
  data: { model: 'm', reason, probeAt },
});
const probed = (until = '2026-01-15T09:10:00.000Z'): ModelBreakerEvent => ({
  type: 'ModelBreakerProbed',
  data: { jobId: 'j1', fence: 2, until },
});
const closed: ModelBreakerEvent = {
  type: 'ModelBreakerClosed',
  data: { reason: 'the probe worked' },
};
const open = { type: 'OpenBreaker', model: 'm', reason: 'broken', now, rule } as const;
const probe = (at: string, jobId = 'j1') =>
  ({ type: 'TakeProbe', jobId, fence: 2, now: at, patienceSeconds: 600 }) as const;
const report = (failure?: string, jobId = 'j1') =>
  ({ type: 'ReportProbe', jobId, failure, now, rule }) as const;

const due = '2026-01-15T09:00:30.000Z';

describe('the breaker of a model', () => {
  test('opens once', () => {
    given(modelBreaker).when(open).then(opened(due));
    given(modelBreaker, opened(due)).when(open).thenNothingHappened();
  });

  test('lets one job through when its time has come, and no other', () => {
    given(modelBreaker, opened(due)).when(probe(now)).thenRejected('conflict');
    const until = '2026-01-15T09:10:30.000Z';
    given(modelBreaker, opened(due)).when(probe(due)).then(probed(until));
    given(modelBreaker, opened(due), probed()).when(probe(due, 'j2')).thenRejected('conflict');
    given(modelBreaker, opened(due), probed()).when(probe(due)).thenNothingHappened();
    given(modelBreaker).when(probe(due)).thenRejected('conflict');
  });

  test('lets another through when nothing is heard of the first', () => {
    const at = '2026-01-15T09:10:00.000Z';
    given(modelBreaker, opened(due), probed())
      .when(probe(at, 'j2'))
      .then({
        type: 'ModelBreakerProbed',
        data: { jobId: 'j2', fence: 2, until: '2026-01-15T09:20:00.000Z' },
      });
  });

  test('closes when the probe worked, and stays open twice as long when it did not', () => {
    given(modelBreaker, opened(due), probed()).when(report()).then(closed);
    given(modelBreaker, opened(due), probed())
      .when(report('no GPU'))
      .then(opened('2026-01-15T09:01:00.000Z', 'no GPU'));
    given(modelBreaker, opened(due), probed(), opened(due), probed(), opened(due), probed())
      .when(report('no GPU'))
      .then(opened('2026-01-15T09:01:40.000Z', 'no GPU'));
  });

  test('does not listen to what is not the probe', () => {
    given(modelBreaker, opened(due)).when(report()).thenNothingHappened();
    given(modelBreaker, opened(due), probed()).when(report(undefined, 'j2')).thenNothingHappened();
  });

  test('begins with the shortest wait after it was closed', () => {
    given(modelBreaker, opened(due), probed(), opened(due), probed(), closed)
      .when(open)
      .then(opened(due));
  });

  test('is closed by whoever knows that the model works', () => {
    const close = { type: 'CloseBreaker', reason: 'mended' } as const;
    given(modelBreaker, opened(due))
      .when(close)
      .then({ type: 'ModelBreakerClosed', data: { reason: 'mended' } });
    given(modelBreaker).when(close).thenNothingHappened();
  });
});

describe('attempts', () => {
  const verdicts = (...failures: readonly (0 | 1)[]) => {
    const window = new AttemptWindow(rule);
    return failures.map((failed, at) => window.add({ atMs: at * 1_000, failed: failed === 1 }));
  };

  test('of which too many in a row fail open it', () => {
    expect(verdicts(1, 1, 0, 1, 1, 1).at(-1)).toBe('3 attempts in a row have failed');
    expect(verdicts(1, 1).at(-1)).toBeUndefined();
  });

  test('of which too large a share fails open it, once they are enough', () => {
    expect(verdicts(1, 0, 1, 0, 1)).toEqual(Array(5).fill(undefined));
    expect(verdicts(1, 0, 1, 0, 0, 1).at(-1)).toBe('3 of 6 attempts in 60 seconds have failed');
  });

  test('count within the window only', () => {
    const window = new AttemptWindow(rule);
    for (const atMs of [0, 1, 2, 3, 4]) window.add({ atMs, failed: atMs % 2 === 0 });
    expect(window.add({ atMs: 70_000, failed: false })).toBeUndefined();
    expect(window.add({ atMs: 70_001, failed: true })).toBeUndefined();
  });
});

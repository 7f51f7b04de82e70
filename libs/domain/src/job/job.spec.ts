import { given, storedImages } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { fold } from '../shared/decider.js';
import {
  type CompleteJob,
  type FailAttempt,
  type FailureClass,
  type JobEvent,
  job,
  type LeaseJob,
  type ReportProgress,
} from './index.js';

const now = '2026-01-15T09:00:00.000Z';
const usage = { gpuMs: 1_200, loadMs: 300 };
const retryAt = '2026-01-15T09:00:01.000Z';

const queued: JobEvent = {
  type: 'JobQueued',
  data: { tenantId: 'ten', model: 'landscape-1', cost: 4 },
};
const leased = (fence: number, attempt = 1, workerId = 'gpu-a'): JobEvent => ({
  type: 'JobLeased',
  data: { workerId, fence, attempt },
});
const progressed = (fence: number, fraction: number): JobEvent => ({
  type: 'JobProgressed',
  data: { fence, fraction },
});
const attemptFailed = (fence: number, attempt: number, at: string | null): JobEvent => ({
  type: 'JobAttemptFailed',
  data: {
    fence,
    attempt,
    failureClass: 'timeout',
    message: 'took too long',
    retryAt: at,
    usage: null,
    unresolvedAttempt: null,
  },
});
const ranOut = (fence: number, attempt: number): JobEvent => ({
  type: 'JobAttemptFailed',
  data: {
    fence,
    attempt,
    failureClass: 'infrastructure',
    message: 'worker gpu-a let its lease run out',
    retryAt: now,
    usage: null,
    unresolvedAttempt: null,
  },
});
const succeeded = (fence: number): JobEvent => ({
  type: 'JobSucceeded',
  data: { fence, stored: storedImages(2), lost: [2], usage },
});
const deadLettered: JobEvent = {
  type: 'JobDeadLettered',
  data: { attempts: 2, failureClass: 'timeout', message: 'took too long' },
};
const cancelled: JobEvent = { type: 'JobCancelled', data: { reason: 'by the caller' } };

const queue = { type: 'QueueJob', tenantId: 'ten', model: 'landscape-1', cost: 4 } as const;
const lease = (fence: number, workerId = 'gpu-a'): LeaseJob => ({
  type: 'LeaseJob',
  workerId,
  fence,
  now,
});
const progress = (fence: number, fraction: number): ReportProgress => ({
  type: 'ReportProgress',
  fence,
  fraction,
});
const complete = (fence: number): CompleteJob => ({
  type: 'CompleteJob',
  fence,
  stored: storedImages(2),
  lost: [2],
  usage,
});
const fail = (fence: number, at: string | null = retryAt): FailAttempt => ({
  type: 'FailAttempt',
  fence,
  failureClass: 'timeout',
  message: 'took too long',
  retryAt: at,
});
const cancel = { type: 'CancelJob', reason: 'by the caller' } as const;

const ends = [
  { end: [succeeded(3)], status: 'succeeded' },
  { end: [attemptFailed(3, 1, null), deadLettered], status: 'deadLettered' },
  { end: [cancelled], status: 'cancelled' },
];

describe('QueueJob', () => {
  test('queues the work', () => {
    given(job).when(queue).then(queued);
  });

  test('repeated, nothing happens, whatever became of it', () => {
    given(job, queued).when(queue).thenNothingHappened();
    given(job, queued, leased(3)).when(queue).thenNothingHappened();
    for (const { end } of ends) {
      given(job, queued, leased(3), ...end)
        .when(queue)
        .thenNothingHappened();
    }
  });
});

describe('before it is queued', () => {
  test.each([lease(1), progress(1, 0.5), complete(1), fail(1)])('$type is refused', (command) => {
    given(job).when(command).thenRejected('not_found');
  });

  test('a cancellation has nothing to cancel', () => {
    given(job).when(cancel).thenNothingHappened();
  });
});

describe('LeaseJob', () => {
  test('gives the job to a worker as its first attempt', () => {
    given(job, queued).when(lease(3)).then(leased(3));
  });

  test('repeated, nothing happens', () => {
    given(job, queued, leased(3)).when(lease(3)).thenNothingHappened();
  });

  test('under the fence of another worker is refused', () => {
    given(job, queued, leased(3)).when(lease(3, 'gpu-b')).thenRejected('conflict');
  });

  test.each([3, 2])('under fence %s after fence 3 is refused', (fence) => {
    given(job, queued, leased(3), attemptFailed(3, 1, retryAt))
      .when(lease(fence, 'gpu-b'))
      .thenRejected('conflict', {
        message: `lease ${fence} is lost: the job is queued at 3`,
      });
  });

  test('after a failed attempt starts the next one, from no progress', () => {
    const history = [queued, leased(3), progressed(3, 0.5), attemptFailed(3, 1, retryAt)];
    given(job, ...history)
      .when(lease(4, 'gpu-b'))
      .then(leased(4, 2, 'gpu-b'));
    given(job, ...history)
      .when(lease(4, 'gpu-b'))
      .thenState((state) => expect([state.attempt, state.fraction]).toEqual([2, 0]));
  });

  test('while another lease stands says first that it ran out', () => {
    given(job, queued, leased(3))
      .when(lease(5, 'gpu-b'))
      .then(ranOut(3, 1), leased(5, 2, 'gpu-b'));
  });

  test.each(ends)('is refused when $status', ({ end, status }) => {
    given(job, queued, leased(3), ...end)
      .when(lease(4))
      .thenRejected('conflict', { message: `lease 4 is lost: the job is ${status} at 3` });
  });
});

describe('ReportProgress', () => {
  test('moves on', () => {
    given(job, queued, leased(3), progressed(3, 0.25))
      .when(progress(3, 0.5))
      .then(progressed(3, 0.5));
  });

  test.each([0.5, 0.25, 0, -1, Number.NaN])('of %s after 0.5 changes nothing', (fraction) => {
    given(job, queued, leased(3), progressed(3, 0.5))
      .when(progress(3, fraction))
      .thenNothingHappened();
  });

  test('above the whole is the whole, once', () => {
    given(job, queued, leased(3)).when(progress(3, 7)).then(progressed(3, 1));
    given(job, queued, leased(3), progressed(3, 1)).when(progress(3, 7)).thenNothingHappened();
  });
});

describe('CompleteJob', () => {
  test('ends the job with what was made', () => {
    given(job, queued, leased(3)).when(complete(3)).then(succeeded(3));
  });

  test('repeated, nothing happens', () => {
    given(job, queued, leased(3), succeeded(3)).when(complete(3)).thenNothingHappened();
  });
});

describe('FailAttempt', () => {
  test('with a time to retry puts the job back', () => {
    given(job, queued, leased(3))
      .when(fail(3))
      .then(attemptFailed(3, 1, retryAt));
  });

  test('without one dead-letters the job', () => {
    given(job, queued, leased(3), attemptFailed(3, 1, retryAt), leased(4, 2))
      .when(fail(4, null))
      .then(attemptFailed(4, 2, null), deadLettered);
  });

  test('repeated, nothing happens', () => {
    given(job, queued, leased(3), attemptFailed(3, 1, retryAt))
      .when(fail(3))
      .thenNothingHappened();
    given(job, queued, leased(3), attemptFailed(3, 1, null), deadLettered)
      .when(fail(3, null))
      .thenNothingHappened();
  });

  test('of a job that was never leased is refused', () => {
    given(job, queued).when(fail(0)).thenRejected('conflict');
  });
});

describe('a worker that lost its lease', () => {
  const late = [progress(3, 0.9), complete(3), fail(3)];

  test.each(late)('is refused with $type once another worker has the job', (command) => {
    given(job, queued, leased(3), ranOut(3, 1), leased(4, 2, 'gpu-b'))
      .when(command)
      .thenRejected('conflict', { message: 'lease 3 is lost: the job is leased at 4' });
  });

  test.each([progress(3, 0.9), complete(3)])('is refused with $type while it waits', (command) => {
    given(job, queued, leased(3), attemptFailed(3, 1, retryAt))
      .when(command)
      .thenRejected('conflict', { message: 'lease 3 is lost: the job is queued at 3' });
  });

  test('is refused a fence that was never given', () => {
    given(job, queued, leased(3)).when(complete(4)).thenRejected('conflict');
  });

  test('cannot fail a job that it has completed', () => {
    given(job, queued, leased(3), succeeded(3)).when(fail(3)).thenRejected('conflict');
  });

  test('cannot complete a job that is dead-lettered', () => {
    given(job, queued, leased(3), attemptFailed(3, 1, null), deadLettered)
      .when(complete(3))
      .thenRejected('conflict');
  });
});

describe('CancelJob', () => {
  test.each([[[queued]], [[queued, leased(3)]]])('ends the job', (history) => {
    given(job, ...history)
      .when(cancel)
      .then(cancelled);
  });

  test('before the result: the result is refused, so it is never charged', () => {
    given(job, queued, leased(3), cancelled).when(complete(3)).thenRejected('conflict');
    given(job, queued, leased(3), cancelled).when(fail(3)).thenRejected('conflict');
  });

  test.each(ends)('after the end, $status, changes nothing', ({ end }) => {
    given(job, queued, leased(3), ...end)
      .when(cancel)
      .thenNothingHappened();
  });
});

describe('a provider call of which nobody knows what became of it', () => {
  const lost: FailAttempt = { ...fail(3), failureClass: 'unknown' };
  const failedAs = (
    fence: number,
    attempt: number,
    unresolvedAttempt: number,
    failureClass: FailureClass = 'unknown',
  ): JobEvent => ({
    type: 'JobAttemptFailed',
    data: {
      ...{ fence, attempt, failureClass, message: 'took too long', retryAt },
      ...{ usage: null, unresolvedAttempt },
    },
  });

  test('is a state of its own, and says whose call it is', () => {
    given(job, queued, leased(3))
      .when(lost)
      .then(failedAs(3, 1, 1));
    const state = fold(job, [queued, leased(3), failedAs(3, 1, 1)]);
    expect([state.status, state.unresolvedAttempt]).toEqual(['unknown', 1]);
  });

  test('stays the one to ask for, when whoever was to ask learns nothing', () => {
    const again = { ...lost, fence: 4, unresolvedAttempt: 1 };
    const before = [queued, leased(3), failedAs(3, 1, 1), leased(4, 2)];
    given(job, ...before)
      .when(again)
      .then(failedAs(4, 2, 1));
    given(job, ...before)
      .when({ ...fail(4), failureClass: 'infrastructure' })
      .then(failedAs(4, 2, 1, 'infrastructure'));
  });

  test('is settled by any other answer', () => {
    const before = [queued, leased(3), failedAs(3, 1, 1), leased(4, 2)];
    given(job, ...before)
      .when(fail(4))
      .then(attemptFailed(4, 2, retryAt));
    given(job, ...before)
      .when(complete(4))
      .then(succeeded(4));
  });
});

describe('a deadline', () => {
  const at = '2026-01-15T09:05:00.000Z';
  const miss = (deadline: 'startBy' | 'finishBy') =>
    ({ type: 'MissDeadline', deadline, at }) as const;
  const missed = (deadline: 'startBy' | 'finishBy'): JobEvent => ({
    type: 'JobDeadlineMissed',
    data: { deadline, at },
  });

  test('to begin ends work that nobody has begun, once', () => {
    given(job, queued).when(miss('startBy')).then(missed('startBy'));
    given(job, queued, missed('startBy')).when(miss('startBy')).thenNothingHappened();
    given(job, queued, leased(3)).when(miss('startBy')).thenNothingHappened();
    given(job, queued, leased(3), attemptFailed(3, 1, retryAt))
      .when(miss('startBy'))
      .thenNothingHappened();
  });

  test('to finish ends work that waits and work that is under way', () => {
    given(job, queued).when(miss('finishBy')).then(missed('finishBy'));
    given(job, queued, leased(3)).when(miss('finishBy')).then(missed('finishBy'));
    given(job, queued, leased(3), succeeded(3)).when(miss('finishBy')).thenNothingHappened();
  });

  test('that was missed leaves nothing to a late result, a worker or a cancellation', () => {
    const ended = [queued, leased(3), missed('finishBy')];
    given(job, ...ended)
      .when(complete(3))
      .thenRejected('conflict');
    given(job, ...ended)
      .when(lease(4))
      .thenRejected('conflict');
    given(job, ...ended)
      .when(cancel)
      .thenNothingHappened();
  });
});

describe('a dead letter', () => {
  const dead = [queued, leased(3), attemptFailed(3, 1, null), deadLettered];
  const redrive = { type: 'RedriveJob', generationId: 'req_2', reason: 'mended' } as const;
  const redriven: JobEvent = {
    type: 'JobRedriven',
    data: { generationId: 'req_2', reason: 'mended' },
  };

  test('is redriven once, and stays what it is', () => {
    given(job, ...dead)
      .when(redrive)
      .then(redriven);
    given(job, ...dead, redriven)
      .when({ ...redrive, generationId: 'req_3' })
      .thenNothingHappened();
    expect(fold(job, [...dead, redriven]).status).toBe('deadLettered');
  });

  test('is what has failed for good, and nothing else', () => {
    given(job, queued).when(redrive).thenRejected('conflict');
    given(job, queued, leased(3), succeeded(3)).when(redrive).thenRejected('conflict');
  });
});

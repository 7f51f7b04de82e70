import type { DomainEvent } from '@imprest/domain';
import { exampleEventData } from '@imprest/testkit/domain';
import { RecordedLog } from '@imprest/testkit/projections';
import { expect, test } from 'vitest';
import { attemptsOf } from './attempts.js';

const leased = (attempt: number): DomainEvent => ({
  type: 'JobLeased',
  data: { workerId: 'w', fence: attempt, attempt },
});
const failed = (attempt: number, gpuMs: number): DomainEvent => ({
  type: 'JobAttemptFailed',
  data: { ...exampleEventData.JobAttemptFailed, attempt, usage: { gpuMs, loadMs: 5 } },
});
const cancelled: DomainEvent = { type: 'JobCancelled', data: { reason: 'asked' } };

function attempts(...events: readonly DomainEvent[]) {
  const log = new RecordedLog();
  log.record('req_1', ...events);
  return attemptsOf(log.readAll({ after: 0n }));
}

test('an attempt begins with its lease and ends with what became of it', async () => {
  const succeeded: DomainEvent = {
    type: 'JobSucceeded',
    data: { ...exampleEventData.JobSucceeded, usage: { gpuMs: 900, loadMs: 0 } },
  };
  const found = await attempts(leased(1), failed(1, 40), leased(2), succeeded);
  expect(found).toMatchObject([
    { attempt: 1, outcome: 'failed', gpuMs: 40, loadMs: 5 },
    { attempt: 2, outcome: 'succeeded', gpuMs: 900, loadMs: 0 },
  ]);
  expect(Date.parse(found[0]?.endedAt ?? '') - Date.parse(found[0]?.startedAt ?? '')).toBe(1_000);
});

test('one without an end is under way, until another one takes its place or the work is stopped', async () => {
  expect(await attempts(leased(1))).toMatchObject([{ outcome: 'running', endedAt: null }]);
  expect(await attempts(leased(1), leased(2), cancelled)).toMatchObject([
    { outcome: 'failed', gpuMs: null },
    { outcome: 'stopped', gpuMs: null },
  ]);
});

test('of very many the latest are kept', async () => {
  const many = Array.from({ length: 250 }, (_, index) => leased(index + 1));
  const found = await attempts(...many);
  expect([found.length, found.at(-1)?.attempt]).toEqual([200, 250]);
});

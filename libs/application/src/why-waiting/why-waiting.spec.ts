import { noDeadlines } from '@imprest/domain';
import { expect, test } from 'vitest';
import { type WaitingFacts, type WaitingReason, whyWaiting } from './why-waiting.js';

const now = '2026-01-15T09:00:00.000Z';
const soon = '2026-01-15T09:00:30.000Z';
const later = '2026-01-15T10:00:00.000Z';
const ready: WaitingFacts = {
  model: 'landscape-1',
  sold: 'on',
  breaker: { status: 'closed', reason: '', probeAt: null },
  workers: { able: 2, loaded: 1, idle: 1 },
  place: { position: 1 },
  job: { status: 'queued', attempt: 0 },
  deadlines: noDeadlines,
  now,
};
const open = { status: 'open', reason: '5 attempts in a row have failed', probeAt: later } as const;

test.each<[string, Partial<WaitingFacts>, WaitingReason[], string]>([
  ['nothing', {}, ['about_to_start'], 'within seconds'],
  ['others', { place: { position: 2 } }, ['behind_others'], 'behind one other in'],
  ['many others', { place: { position: 18 } }, ['behind_others'], 'behind 17 others in'],
  ['its share', { place: { position: 3, atCap: true } }, ['share_used_up'], 'as it may have'],
  [
    'a model nobody has loaded',
    { workers: { able: 2, loaded: 0, idle: 0 } },
    ['model_loading'],
    'the next free one loads it',
  ],
  ['busy workers', { workers: { able: 1, loaded: 1, idle: 0 } }, ['workers_busy'], 'are busy'],
  ['workers', { workers: { able: 0, loaded: 0, idle: 0 } }, ['no_worker'], 'no worker'],
  [
    'a broken model',
    { breaker: open },
    ['breaker_open'],
    `in a row have failed; tried again ${later}`,
  ],
  ['its model', { sold: 'gone' }, ['model_gone'], 'has left the catalogue'],
  [
    'a model that is switched off',
    { sold: 'off' },
    ['about_to_start', 'model_switched_off'],
    'within seconds',
  ],
  [
    'the next attempt',
    { place: { position: 1, readyAt: later }, job: { status: 'queued', attempt: 2 } },
    ['retrying'],
    `attempt 2 has failed, the next one begins ${later}`,
  ],
  [
    'the next attempt, told to its tenant',
    { place: { position: 1, readyAt: later }, job: undefined as never },
    ['retrying'],
    `its next attempt begins ${later}`,
  ],
  [
    'an answer',
    { place: { position: 1, readyAt: later }, job: { status: 'unknown', attempt: 1 } },
    ['outcome_unknown'],
    'what became of attempt 1',
  ],
  ['a queue that lost it', { place: undefined }, ['not_queued'], 'not in the queue'],
  [
    'nothing, with little time left',
    { deadlines: { startBy: soon, finishBy: later } },
    ['about_to_start', 'deadline_soon'],
    'within seconds',
  ],
])('work that waits for %s says so', (_, facts, reasons, words) => {
  const told = whyWaiting({ ...ready, ...facts });

  expect(told.map(({ reason }) => reason)).toEqual(reasons);
  expect(told[0].message).toContain(words);
});

test('a deadline to begin is no concern of work that has begun', () => {
  const deadlines = { startBy: soon, finishBy: null };
  const job = { status: 'queued', attempt: 1 } as const;

  expect(whyWaiting({ ...ready, deadlines, job }).map(({ reason }) => reason)).toEqual([
    'about_to_start',
  ]);
});

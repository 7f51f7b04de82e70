import { given } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import {
  type AdvanceRecovery,
  MAX_RECOVERY_MESSAGES,
  type RequestRecovery,
  webhookRecovery,
} from './index.js';

const selection = {
  endpointId: null,
  statuses: ['exhausted', 'refused'],
  since: '2026-01-15T09:00:00.000Z',
  until: '2026-01-16T09:00:00.000Z',
} as const;
const ask = (recoveryId: string, more: Partial<RequestRecovery['recovery']> = {}) =>
  ({
    type: 'RequestRecovery',
    recovery: { recoveryId, ...selection, reason: 'repaired', ...more },
  }) as const;
const requested = (recoveryId: string) =>
  ({ type: 'WebhookRecoveryRequested', data: ask(recoveryId).recovery }) as const;
const page = (number: number, looked: number, cursor: string | null): AdvanceRecovery => ({
  type: 'AdvanceRecovery',
  recoveryId: 'r1',
  page: number,
  looked,
  recovered: looked,
  cursor,
});
const advanced = (number: number, looked: number, cursor: string) =>
  ({
    type: 'WebhookRecoveryAdvanced',
    data: { recoveryId: 'r1', page: number, looked, recovered: looked, cursor },
  }) as const;
const ended = (outcome: 'complete' | 'bounded') =>
  ({ type: 'WebhookRecoveryEnded', data: { recoveryId: 'r1', outcome } }) as const;

describe('a recovery', () => {
  test('is asked for once under one id', () => {
    given(webhookRecovery).when(ask('r1')).then(requested('r1'));
    given(webhookRecovery, requested('r1')).when(ask('r1')).thenNothingHappened();
    given(webhookRecovery, requested('r1'))
      .when(ask('r1', { endpointId: 'whk' }))
      .thenRejected('conflict');
  });

  test('has its tenant to itself until it has ended', () => {
    given(webhookRecovery, requested('r1')).when(ask('r2')).thenRejected('conflict');
    given(webhookRecovery, requested('r1'), ended('complete'))
      .when(ask('r2'))
      .then(requested('r2'));
  });

  test.each([
    { statuses: [] },
    { since: selection.until },
    { since: '2026-01-15' },
    { until: 'soon' },
  ])('is refused with %j', (wrong) => {
    given(webhookRecovery).when(ask('r1', wrong)).thenRejected('validation_error');
  });

  test('goes on page by page, each counted once, until nothing is left', () => {
    given(webhookRecovery, requested('r1'))
      .when(page(1, 100, 'c1'))
      .then(advanced(1, 100, 'c1'));
    given(webhookRecovery, requested('r1'), advanced(1, 100, 'c1'))
      .when(page(1, 100, 'c1'))
      .thenNothingHappened();
    given(webhookRecovery, requested('r1'))
      .when(page(2, 1, 'c'))
      .thenRejected('conflict');
    given(webhookRecovery, requested('r1'), advanced(1, 100, 'c1'))
      .when(page(2, 0, null))
      .then(ended('complete'));
    given(webhookRecovery, requested('r1'), advanced(1, 100, 'c1'))
      .when(page(2, 7, null))
      .then(advanced(2, 7, 'c1'), ended('complete'));
  });

  test('ends at its bound', () => {
    given(webhookRecovery, requested('r1'), advanced(1, MAX_RECOVERY_MESSAGES - 1, 'c1'))
      .when(page(2, 1, 'c2'))
      .then(advanced(2, 1, 'c2'), ended('bounded'));
  });

  test('that is not there cannot go on', () => {
    given(webhookRecovery)
      .when(page(1, 1, 'c'))
      .thenRejected('not_found');
  });

  test('is remembered for as long as 99 others were not asked for since', () => {
    const state = webhookRecovery.initialState();
    for (let number = 1; number <= 101; number += 1) {
      const recovery = requested(`r${number}`);
      webhookRecovery.evolve(state, recovery);
    }
    expect([state.recoveries.has('r1'), state.recoveries.has('r2')]).toEqual([false, true]);
  });
});

import { given } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { balanceAlert, type ObserveBalance } from './index.js';

const target = { sealed: 'v1.dXJs', dataKeyId: 'key_1' };
const set = { type: 'BalanceAlertSet', data: { threshold: 100n, target } } as const;
const sees = (available: bigint, accountRevision: number): ObserveBalance => ({
  type: 'ObserveBalance',
  available,
  accountRevision,
});
const fell = (crossing: number, available: bigint, accountRevision: number) =>
  ({
    type: 'BalanceFellLow',
    data: { crossing, available, threshold: 100n, accountRevision },
  }) as const;
const recovered = (available: bigint, accountRevision: number) =>
  ({ type: 'BalanceRecovered', data: { available, accountRevision } }) as const;

describe('a balance', () => {
  test('that falls below the threshold is told once', () => {
    given(balanceAlert, set)
      .when(sees(99n, 5))
      .then(fell(1, 99n, 5));
    given(balanceAlert, set, fell(1, 99n, 5))
      .when(sees(40n, 6))
      .thenNothingHappened();
  });

  test('at the threshold is not low', () => {
    given(balanceAlert, set).when(sees(100n, 5)).thenNothingHappened();
    given(balanceAlert, set, fell(1, 99n, 5))
      .when(sees(100n, 6))
      .then(recovered(100n, 6));
  });

  test('that recovered may fall again', () => {
    given(balanceAlert, set, fell(1, 99n, 5), recovered(500n, 6))
      .when(sees(10n, 7))
      .then(fell(2, 10n, 7));
  });

  test('seen earlier than the latest fall or recovery changes nothing', () => {
    given(balanceAlert, set, fell(1, 99n, 5))
      .when(sees(500n, 4))
      .thenNothingHappened();
    given(balanceAlert, set, fell(1, 99n, 5), recovered(500n, 8))
      .when(sees(10n, 8))
      .thenNothingHappened();
  });

  test('is nobody’s business without an alert', () => {
    given(balanceAlert).when(sees(0n, 5)).thenNothingHappened();
    given(balanceAlert, set, { type: 'BalanceAlertCleared', data: {} })
      .when(sees(0n, 5))
      .thenNothingHappened();
  });
});

describe('an alert', () => {
  test('set anew tells of a balance that is low already, under the next number', () => {
    given(balanceAlert, set, fell(1, 99n, 5), set)
      .when(sees(99n, 5))
      .then(fell(2, 99n, 5));
  });

  test('needs a threshold above nothing', () => {
    given(balanceAlert)
      .when({ type: 'SetBalanceAlert', threshold: 0n, target })
      .thenRejected('validation_error', 'threshold');
  });

  test('is cleared once', () => {
    const clear = { type: 'ClearBalanceAlert' } as const;
    const cleared = { type: 'BalanceAlertCleared', data: {} } as const;
    given(balanceAlert, set).when(clear).then(cleared);
    given(balanceAlert).when(clear).thenNothingHappened();
    given(balanceAlert, set)
      .when(clear)
      .thenState(({ threshold, target: kept }) => expect([threshold, kept]).toEqual([null, null]));
  });
});

import {
  accountOpened,
  allocationsOf,
  tokensGranted,
  tokensHeld,
  tokensPurchased,
} from '@imprest/testkit/domain';
import { expect, test } from 'vitest';
import { fold } from '../shared/decider.js';
import {
  restoreTokenAccount,
  snapshotTokenAccount,
  type TokenAccountEvent,
  tokenAccount,
} from './index.js';

const expiresAt = '2026-01-20T00:00:00.000Z';

const history: readonly TokenAccountEvent[] = [
  accountOpened,
  tokensPurchased('paid', 2n ** 60n),
  tokensGranted('gift', 10n, expiresAt),
  tokensHeld('open', { gift: 4n, paid: 1n }),
  tokensHeld('closed', { gift: 2n }),
  {
    type: 'HoldSettled',
    data: { generationId: 'closed', captured: allocationsOf({ gift: 2n }), released: [] },
  },
  {
    type: 'TokensRefunded',
    data: {
      refundId: 'r1',
      generationId: 'closed',
      allocations: allocationsOf({ gift: 1n }),
      reason: 'seam',
    },
  },
  { type: 'LotExpired', data: { lotId: 'gift', tokens: 5n } },
  {
    type: 'ChargedBack',
    data: { chargeBackId: 'c1', lotId: 'paid', tokens: 3n, reason: 'disputed' },
  },
  {
    type: 'PurchaseRefunded',
    data: { purchaseRefundId: 'p1', lotId: 'paid', tokens: 2n, reason: 'ordered twice' },
  },
  { type: 'AccountFrozen', data: { reason: 'charge-back: disputed' } },
  {
    type: 'BudgetSet',
    data: {
      budgetId: 'bud_1',
      subject: { kind: 'endUser', id: 'usr_1' },
      limits: { perDay: 5n, perMonth: null, total: null },
    },
  },
];

test('given an account with a past, its snapshot is JSON that says all of it', () => {
  const snapshot = snapshotTokenAccount(fold(tokenAccount, history));
  expect(JSON.parse(JSON.stringify(snapshot))).toEqual({
    opened: true,
    frozen: 'charge-back: disputed',
    lots: [
      {
        lotId: 'paid',
        kind: 'purchased',
        tokens: '1152921504606846976',
        expiresAt: null,
        arrival: 0,
        available: '1152921504606846970',
        expired: false,
        chargedBack: '3',
        repaid: '2',
      },
      {
        lotId: 'gift',
        kind: 'promotional',
        tokens: '10',
        expiresAt,
        arrival: 1,
        available: '0',
        expired: true,
        chargedBack: '0',
        repaid: '0',
      },
    ],
    holds: [
      [
        'open',
        [
          ['gift', '4'],
          ['paid', '1'],
        ],
        [],
      ],
    ],
    closedHolds: { recent: ['closed'], older: [] },
    refunded: [['closed', '1']],
    refundIds: ['r1'],
    chargeBackIds: ['c1'],
    purchaseRefundIds: ['p1'],
    budgets: {
      byId: [
        [
          'bud_1',
          { perDay: '5', perMonth: null, total: null },
          { on: '', day: '0', month: '0', total: '0' },
        ],
      ],
      idOf: [['endUser:usr_1', 'bud_1']],
    },
  });
});

test('given its snapshot as JSON, an account is restored as it was', () => {
  const state = fold(tokenAccount, history);
  const json = JSON.stringify(snapshotTokenAccount(state));
  expect(restoreTokenAccount(JSON.parse(json))).toEqual(state);
});

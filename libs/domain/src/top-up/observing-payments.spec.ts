import {
  checkoutOpened,
  eur,
  given,
  observationOf,
  paymentConfirmed,
  topUpRequested,
} from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { type ObservePayment, type PaymentObservation, type TopUpEvent, topUp } from './index.js';

const open = [topUpRequested(), checkoutOpened];
const credited: readonly TopUpEvent[] = [
  ...open,
  paymentConfirmed(),
  { type: 'TokensCredited', data: { lotId: 'lot_1', tokens: 1_000n } },
];

const sees = (more: Partial<PaymentObservation>): ObservePayment => ({
  type: 'ObservePayment',
  observation: observationOf(more),
});

const money = (minorUnits: bigint, currency = 'EUR') => ({
  payment: { id: 'inv_1', received: { minorUnits, currency } },
});

const review = (cause: string, minorUnits: bigint, currency = 'EUR') =>
  ({
    type: 'PutUnderReview',
    data: { cause, paymentId: 'inv_1', received: { minorUnits, currency } },
  }) as TopUpEvent;

describe('a payment', () => {
  test('of exactly the price, in time, is confirmed', () => {
    given(topUp, ...open)
      .when(sees({ status: 'settled', ...money(1_000n) }))
      .then(paymentConfirmed());
  });

  test('is seen before it is certain, and again when it grows', () => {
    const seen = (minorUnits: bigint) =>
      ({
        type: 'PaymentSeen',
        data: { paymentId: 'inv_1', received: eur(minorUnits) },
      }) as const;
    given(topUp, ...open)
      .when(sees({ status: 'seen', ...money(400n) }))
      .then(seen(400n));
    given(topUp, ...open, seen(400n))
      .when(sees({ status: 'seen', ...money(400n) }))
      .thenNothingHappened();
    given(topUp, ...open, seen(400n))
      .when(sees({ status: 'seen', ...money(1_000n) }))
      .then(seen(1_000n));
    given(topUp, ...open, seen(1_000n))
      .when(sees({ status: 'settled', ...money(1_000n) }))
      .then(paymentConfirmed());
  });

  test('of a checkout whose opening was never recorded is taken with it', () => {
    given(topUp, topUpRequested())
      .when(sees({ status: 'settled', ...money(1_000n) }))
      .then(checkoutOpened, paymentConfirmed());
  });

  test.each([
    ['late', { status: 'settled', irregularity: 'late', ...money(1_000n) }, 1_000n],
    ['late', { status: 'expired', ...money(1_000n) }, 1_000n],
    ['partial', { status: 'expired', irregularity: 'partial', ...money(300n) }, 300n],
    ['partial', { status: 'settled', ...money(999n) }, 999n],
    ['over_paid', { status: 'settled', irregularity: 'over_paid', ...money(1_200n) }, 1_200n],
    ['over_paid', { status: 'settled', ...money(1_001n) }, 1_001n],
    ['marked_by_hand', { status: 'settled', irregularity: 'marked_by_hand', ...money(0n) }, 0n],
  ] as const)('is put under review as %s: %o', (cause, observation, received) => {
    given(topUp, ...open)
      .when(sees(observation))
      .then(review(cause, received));
  });

  test('in another currency is put under review', () => {
    given(topUp, ...open)
      .when(sees({ status: 'settled', ...money(1_000n, 'USD') }))
      .then(review('amount_mismatch', 1_000n, 'USD'));
  });

  test.each([
    { type: 'TopUpExpired', data: { reason: 'nothing was paid in time' } },
    { type: 'TopUpFailed', data: { reason: 'declined' } },
  ] as const)('that settles after $type is late, seen before or not', (ended) => {
    const seen = {
      type: 'PaymentSeen',
      data: { paymentId: 'inv_1', received: eur(1_000n) },
    } as const;
    for (const history of [open, [...open, seen]]) {
      given(topUp, ...history, ended)
        .when(sees({ status: 'settled', ...money(1_000n) }))
        .then(review('late', 1_000n));
    }
  });

  test('that grows under review comes up again, and a proposal made before is void', () => {
    const proposed = {
      type: 'CreditProposed',
      data: { operator: 'ada', tokens: 1_000n, reason: 'close enough' },
    } as const;
    given(topUp, ...open, review('partial', 300n), proposed)
      .when(sees({ status: 'expired', irregularity: 'late', ...money(1_000n) }))
      .thenState((state) => expect(state.review).toEqual({ cause: 'late', proposal: null }));
  });

  test('that grows after it was credited is put under review and stays credited', () => {
    given(topUp, ...credited)
      .when(sees({ status: 'settled', irregularity: 'over_paid', ...money(1_500n) }))
      .thenState((state) => {
        expect(state.status).toBe('credited');
        expect(state.review?.cause).toBe('over_paid');
      });
  });
});

describe('nothing happens', () => {
  test.each([
    ['when nothing came', open, { status: 'open' }],
    ['when a confirmed payment is met again', credited, { status: 'settled', ...money(1_000n) }],
    ['when an older observation comes late', credited, { status: 'seen', ...money(400n) }],
    ['when an older one says that it is open', credited, { status: 'open' }],
    ['when an expiry comes after the payment', credited, { status: 'expired' }],
    ['when a failure comes after the payment', credited, { status: 'failed' }],
    [
      'when a review is on already',
      [...open, review('late', 1_000n)],
      { status: 'expired', irregularity: 'late', ...money(1_000n) },
    ],
  ] as const)('%s', (_when, history, observation) => {
    given(topUp, ...history)
      .when(sees(observation))
      .thenNothingHappened();
  });
});

describe('a checkout', () => {
  test('that expires unpaid, or fails, ends the top-up', () => {
    given(topUp, ...open)
      .when(sees({ status: 'expired' }))
      .then({ type: 'TopUpExpired', data: { reason: 'nothing was paid in time' } });
    given(topUp, ...open)
      .when(sees({ status: 'failed' }))
      .thenState(({ status }) => expect(status).toBe('failed'));
  });

  test('of something else is refused, with its money', () => {
    given(topUp, ...open)
      .when(sees({ checkoutId: 'inv_2', status: 'settled', ...money(1_000n) }))
      .thenRejected('conflict');
    given(topUp, ...credited)
      .when(sees({ status: 'settled', payment: { id: 'inv_9', received: eur(1_000n) } }))
      .thenRejected('conflict');
  });

  test('of no top-up at all is refused', () => {
    given(topUp)
      .when(sees({ status: 'settled', ...money(1_000n) }))
      .thenRejected('not_found');
  });
});

describe('a refund', () => {
  const paid = { status: 'settled', ...money(1_000n) } as const;
  const refund = (refundId: string, minorUnits: bigint) => ({
    ...{ refundId, requestId: null },
    amount: eur(minorUnits),
  });
  const refunded = (refundId: string, minorUnits: bigint, tokens: bigint) =>
    ({
      type: 'PaymentRefunded',
      data: { refundId, requestId: null, amount: eur(minorUnits), tokens },
    }) as const;

  test('takes tokens in proportion, and the last of the money takes the last token', () => {
    given(topUp, ...credited)
      .when(
        sees({ ...paid, refunds: [refund('r1', 333n), refund('r2', 333n), refund('r3', 334n)] }),
      )
      .then(refunded('r1', 333n, 333n), refunded('r2', 333n, 333n), refunded('r3', 334n, 334n));
    given(topUp, ...credited)
      .when(sees({ ...paid, refunds: [refund('r1', 1_000n)] }))
      .thenState(({ status }) => expect(status).toBe('refunded'));
  });

  test('met twice counts once', () => {
    given(topUp, ...credited, refunded('r1', 500n, 500n))
      .when(sees({ ...paid, refunds: [refund('r1', 500n)] }))
      .thenNothingHappened();
  });

  test('seen together with the payment follows its credit', () => {
    given(topUp, ...open)
      .when(sees({ ...paid, refunds: [refund('r1', 1_000n)] }))
      .then(paymentConfirmed(), refunded('r1', 1_000n, 1_000n));
  });

  test('of what was paid too much takes no token', () => {
    const history: readonly TopUpEvent[] = [
      ...open,
      review('over_paid', 1_500n),
      {
        type: 'ReviewDecided',
        data: {
          ...{ decision: 'credit', tokens: 1_000n, paid: eur(1_000n) },
          ...{ operators: ['ada'], reason: 'the rest goes back' },
        },
      },
    ];
    given(topUp, ...history)
      .when(sees({ status: 'settled', ...money(1_500n), refunds: [refund('r1', 600n)] }))
      .then(refunded('r1', 600n, 100n));
  });

  test('of a payment under review leaves nothing to decide on', () => {
    given(topUp, ...open, review('late', 1_000n))
      .when(sees({ ...paid, irregularity: 'late', refunds: [refund('r1', 1_000n)] }))
      .thenState(({ status, review: left }) => expect([status, left]).toEqual(['refunded', null]));
  });
});

describe('a dispute', () => {
  const disputed = {
    type: 'PaymentDisputed',
    data: { disputeId: 'dp_1', amount: eur(1_000n), tokens: 1_000n, reason: 'fraudulent' },
  } as const;
  const dispute = (status: 'open' | 'won' | 'lost') => ({
    ...{ status: 'settled' as const, ...money(1_000n) },
    disputes: [{ disputeId: 'dp_1', amount: eur(1_000n), reason: 'fraudulent', status }],
  });

  test('takes the tokens at once', () => {
    given(topUp, ...credited)
      .when(sees(dispute('open')))
      .then(disputed);
    given(topUp, ...credited)
      .when(sees(dispute('open')))
      .thenState(({ status }) => expect(status).toBe('disputed'));
  });

  test('that is won gives back what it took, and what that was paid with', () => {
    given(topUp, ...credited, disputed)
      .when(sees(dispute('won')))
      .then({
        type: 'DisputeWon',
        data: { disputeId: 'dp_1', amount: eur(1_000n), tokens: 1_000n },
      });
  });

  test('that was lost may be won on appeal', () => {
    given(topUp, ...credited, disputed, { type: 'DisputeLost', data: { disputeId: 'dp_1' } })
      .when(sees(dispute('won')))
      .thenState(({ status, givenBack }) => {
        expect(status).toBe('credited');
        expect(givenBack).toEqual([{ id: 'dp_1', tokens: 1_000n }]);
      });
  });

  test('that is lost changes nothing more', () => {
    given(topUp, ...credited, disputed)
      .when(sees(dispute('lost')))
      .then({ type: 'DisputeLost', data: { disputeId: 'dp_1' } });
  });

  test('heard of only when it was over is told whole', () => {
    given(topUp, ...credited)
      .when(sees(dispute('lost')))
      .then(disputed, { type: 'DisputeLost', data: { disputeId: 'dp_1' } });
  });

  test('after a partial refund takes no more than what is left', () => {
    const refunded = {
      type: 'PaymentRefunded',
      data: { refundId: 'r1', requestId: null, amount: eur(400n), tokens: 400n },
    } as const;
    given(topUp, ...credited, refunded)
      .when(sees(dispute('open')))
      .then({ ...disputed, data: { ...disputed.data, tokens: 600n } });
  });

  test('is not opened again by an older observation', () => {
    given(topUp, ...credited, disputed, { type: 'DisputeLost', data: { disputeId: 'dp_1' } })
      .when(sees(dispute('open')))
      .thenNothingHappened();
  });
});

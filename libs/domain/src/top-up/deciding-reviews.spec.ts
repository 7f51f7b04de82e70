import {
  checkoutOpened,
  eur,
  given,
  observationOf,
  paymentConfirmed,
  topUpRequested,
} from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import {
  type DecideReview,
  type Operator,
  type RecordManualPayment,
  type RequestRefund,
  type TopUpEvent,
  topUp,
} from './index.js';

const ada: Operator = { name: 'ada', personal: true };
const grace: Operator = { name: 'grace', personal: true };
const shared: Operator = { name: 'admin-key', personal: false };

const under = (cause: 'late' | 'partial' | 'over_paid', minorUnits: bigint): TopUpEvent[] => [
  topUpRequested(),
  checkoutOpened,
  {
    type: 'PutUnderReview',
    data: { cause, paymentId: 'inv_1', received: eur(minorUnits) },
  },
];

const decides = (more: Partial<DecideReview> = {}): DecideReview => ({
  type: 'DecideReview',
  decision: 'credit',
  operator: ada,
  reason: 'checked',
  tokens: null,
  limit: 100n,
  ...more,
});

const decided = (tokens: bigint, minorUnits: bigint, operators = ['ada']) =>
  ({
    type: 'ReviewDecided',
    data: { decision: 'credit', tokens, paid: eur(minorUnits), operators, reason: 'checked' },
  }) as const;

const proposed = (tokens: bigint) =>
  ({
    type: 'CreditProposed',
    data: { operator: 'ada', tokens, reason: 'checked' },
  }) as const;

describe('a review of money that a provider has', () => {
  test('credits what was ordered for a late payment', () => {
    given(topUp, ...under('late', 1_000n))
      .when(decides())
      .then(decided(1_000n, 1_000n));
  });

  test('credits what a partial payment buys', () => {
    given(topUp, ...under('partial', 333n))
      .when(decides())
      .then(decided(333n, 333n));
  });

  test('credits what was ordered for too much money, or all that it buys when told so', () => {
    given(topUp, ...under('over_paid', 1_500n))
      .when(decides())
      .then(decided(1_000n, 1_000n));
    given(topUp, ...under('over_paid', 1_500n))
      .when(decides({ tokens: 1_500n }))
      .then(decided(1_500n, 1_500n));
  });

  test('credits never more than was ordered or paid for', () => {
    given(topUp, ...under('partial', 300n))
      .when(decides({ tokens: 1_001n }))
      .thenRejected('validation_error', 'tokens');
    given(topUp, ...under('over_paid', 1_500n))
      .when(decides({ tokens: 1_501n }))
      .thenRejected('validation_error', 'tokens');
    given(topUp, ...under('late', 1_000n))
      .when(decides({ tokens: 0n }))
      .thenRejected('validation_error', 'tokens');
  });

  test('gives away a little more than was paid for by one operator', () => {
    given(topUp, ...under('partial', 950n))
      .when(decides({ tokens: 1_000n }))
      .then(decided(1_000n, 950n));
  });

  test('gives away much more by two operators', () => {
    given(topUp, ...under('partial', 300n))
      .when(decides({ tokens: 1_000n }))
      .then(proposed(1_000n));
    given(topUp, ...under('partial', 300n), proposed(1_000n))
      .when(decides({ operator: grace }))
      .then(decided(1_000n, 300n, ['ada', 'grace']));
  });

  test('refuses for good', () => {
    given(topUp, ...under('late', 1_000n))
      .when(decides({ decision: 'refuse' }))
      .thenState(({ status, review }) => expect([status, review]).toEqual(['refused', null]));
  });

  test('repeated, changes nothing', () => {
    given(topUp, ...under('late', 1_000n), decided(1_000n, 1_000n))
      .when(decides())
      .thenNothingHappened();
  });

  test('is over for others once it is decided', () => {
    given(topUp, ...under('late', 1_000n), decided(1_000n, 1_000n))
      .when(decides({ operator: grace }))
      .thenRejected('conflict');
  });

  test('of more money for a credited payment can only be closed', () => {
    const more = under('over_paid', 1_500n).slice(2);
    const history = [...under('late', 1_000n), decided(1_000n, 1_000n), ...more];
    given(topUp, ...history)
      .when(decides())
      .thenRejected('conflict');
    given(topUp, ...history)
      .when(decides({ decision: 'refuse' }))
      .thenState(({ status, review }) => expect([status, review]).toEqual(['confirmed', null]));
  });
});

describe('a manual credit', () => {
  const requested = topUpRequested('manual');
  const underReview = {
    type: 'PutUnderReview',
    data: { cause: 'manual_credit', paymentId: 'transfer_1', received: eur(1_000n) },
  } as const;
  const records = (more: Partial<RecordManualPayment> = {}): RecordManualPayment => ({
    type: 'RecordManualPayment',
    paymentId: 'transfer_1',
    received: eur(1_000n),
    operator: ada,
    tokens: 1_000n,
    reason: 'checked',
    limit: 1_000n,
    ...more,
  });

  test('up to the limit is one operator’s decision, whoever has the shared key included', () => {
    given(topUp, requested).when(records()).then(underReview, decided(1_000n, 1_000n));
    given(topUp, requested)
      .when(records({ operator: shared }))
      .then(underReview, decided(1_000n, 1_000n, ['admin-key']));
  });

  test('above the limit waits for another operator', () => {
    given(topUp, requested)
      .when(records({ limit: 999n }))
      .then(underReview, proposed(1_000n));
    given(topUp, requested, underReview, proposed(1_000n))
      .when(decides({ limit: 999n }))
      .thenRejected('forbidden', {
        message: 'ada proposed this credit: another operator has to approve it',
      });
    given(topUp, requested, underReview, proposed(1_000n))
      .when(decides({ operator: grace, limit: 999n }))
      .then(decided(1_000n, 1_000n, ['ada', 'grace']));
  });

  test('above the limit is neither proposed nor approved with a key that people share', () => {
    given(topUp, requested)
      .when(records({ operator: shared, limit: 999n }))
      .thenRejected('forbidden');
    given(topUp, requested, underReview, proposed(1_000n))
      .when(decides({ operator: shared, limit: 999n }))
      .thenRejected('forbidden');
  });

  test('that another operator changes is a proposal of his own', () => {
    given(topUp, requested, underReview, proposed(1_000n))
      .when(decides({ operator: grace, tokens: 500n }))
      .then({
        type: 'CreditProposed',
        data: { operator: 'grace', tokens: 500n, reason: 'checked' },
      });
  });

  test('may be refused by one operator', () => {
    given(topUp, requested, underReview, proposed(1_000n))
      .when(decides({ decision: 'refuse', operator: grace }))
      .thenState(({ status }) => expect(status).toBe('refused'));
  });

  test('repeated, changes nothing', () => {
    given(topUp, requested, underReview, decided(1_000n, 1_000n))
      .when(records())
      .thenNothingHappened();
    given(topUp, requested, underReview, proposed(1_000n)).when(records()).thenNothingHappened();
  });

  test.each([
    ['conflict', { paymentId: 'transfer_2' }, [underReview]],
    ['validation_error', { received: eur(0n) }, []],
    ['validation_error', { received: { minorUnits: 1_000n, currency: 'USD' } }, []],
    ['validation_error', { tokens: 1_001n }, []],
  ] as const)('is refused as %s: %o', (code, more, history) => {
    given(topUp, requested, ...history)
      .when(records(more))
      .thenRejected(code);
  });

  test('is not for a payment that a provider takes', () => {
    given(topUp, topUpRequested('btcpay'), checkoutOpened).when(records()).thenRejected('conflict');
  });
});

describe('a refund that an operator asks for', () => {
  const paid = [topUpRequested(), checkoutOpened, paymentConfirmed()];
  const asks = (minorUnits: bigint | null, requestId = 'ref_1'): RequestRefund => ({
    ...{ type: 'RequestRefund', requestId, minorUnits },
    ...{ operator: 'ada', reason: 'ordered twice' },
  });
  const asked = (minorUnits: bigint) =>
    ({
      type: 'RefundRequested',
      data: {
        requestId: 'ref_1',
        amount: eur(minorUnits),
        operator: 'ada',
        reason: 'ordered twice',
      },
    }) as const;
  const refunded = {
    type: 'PaymentRefunded',
    data: { refundId: 're_1', requestId: 'ref_1', amount: eur(400n), tokens: 400n },
  } as const;
  const done = {
    type: 'RecordRefund',
    requestId: 'ref_1',
    result: { done: true, refundId: 're_1' },
  } as const;

  test('is of all that is left unless it says how much', () => {
    given(topUp, ...paid)
      .when(asks(null))
      .then(asked(1_000n));
    given(topUp, ...paid)
      .when(asks(400n))
      .then(asked(400n));
    given(topUp, ...paid, asked(400n))
      .when(asks(400n))
      .thenNothingHappened();
  });

  test.each([0n, -1n, 601n])('is never of %s of 600 that are left', (minorUnits) => {
    given(topUp, ...paid, asked(400n))
      .when(asks(minorUnits, 'ref_2'))
      .thenRejected('validation_error', 'amount');
  });

  test('needs a payment, and no dispute about it', () => {
    given(topUp, topUpRequested(), checkoutOpened).when(asks(null)).thenRejected('conflict');
    const dispute = {
      type: 'PaymentDisputed',
      data: { disputeId: 'dp_1', amount: eur(1_000n), tokens: 1_000n, reason: 'fraudulent' },
    } as const;
    given(topUp, ...paid, dispute)
      .when(asks(null))
      .thenRejected('conflict');
  });

  test('takes the tokens once it is done, told by whomever first', () => {
    given(topUp, ...paid, asked(400n))
      .when(done)
      .then(refunded);
    given(topUp, ...paid, asked(400n), refunded)
      .when(done)
      .thenNothingHappened();
    const observation = observationOf({
      status: 'settled',
      payment: { id: 'inv_1', received: eur(1_000n) },
      refunds: [{ refundId: 're_1', requestId: 'ref_1', amount: eur(400n) }],
    });
    given(topUp, ...paid, asked(400n))
      .when({ type: 'ObservePayment', observation })
      .then(refunded);
    given(topUp, ...paid, asked(400n), refunded)
      .when({ type: 'ObservePayment', observation })
      .thenNothingHappened();
  });

  test('that failed leaves the money to be refunded', () => {
    const failed = {
      type: 'RefundFailed',
      data: { requestId: 'ref_1', reason: 'refunded already' },
    } as const;
    given(topUp, ...paid, asked(1_000n))
      .when({
        type: 'RecordRefund',
        requestId: 'ref_1',
        result: { done: false, reason: 'refunded already' },
      })
      .then(failed);
    given(topUp, ...paid, asked(1_000n), failed)
      .when(asks(1_000n, 'ref_2'))
      .thenState(({ refundRequests }) => expect(refundRequests).toHaveLength(2));
  });
});

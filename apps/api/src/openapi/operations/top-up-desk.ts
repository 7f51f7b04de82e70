import type { Operation, RegisteredRoute, RequestBody } from '@imprest/platform';
import * as schemas from '../schemas/top-up.js';
import { sortedPageParameters, timeRange } from './lists.js';
import { statusParameter, topUpExample } from './top-ups.js';

const tag = 'Payments';

const underReview = {
  ...topUpExample,
  status: 'under_review',
  checkoutUrl: null,
  received: '47.50',
  tenantId: 'studio',
  checkoutId: '9CiNzKoANXxmk5ayZngSXr',
  paymentId: '9CiNzKoANXxmk5ayZngSXr',
  review: { cause: 'partial', proposal: null },
  operators: [],
  reason: null,
  lotId: null,
  refunds: [],
  disputes: [],
};

const answers = (status: number, description: string): Operation['answers'] => ({
  [status]: { description, schema: schemas.topUpForOperators, example: underReview },
});

const pageAnswers: Operation['answers'] = {
  200: {
    description: 'A page of top-ups.',
    schema: schemas.topUpForOperatorsPage,
    example: { topUps: [underReview], nextCursor: null },
  },
};

const payment = (name: string, tokens: string): RequestBody => ({
  name,
  fields: {
    amount: { description: 'What arrived, as a decimal text.' },
    currency: { description: 'ISO 4217.' },
    reference: { description: 'Of the payment, such as the bank’s: the same one twice is one.' },
    reason: { description: 'Goes on record.' },
    tokens: { description: tokens },
  },
  examples: {
    transfer: {
      summary: 'A bank transfer',
      value: {
        amount: '95.00',
        currency: 'EUR',
        reference: 'SEPA 2026-11-20 0042',
        reason: 'on the statement of 20 November',
        tokens: 10_000,
      },
    },
  },
});

const twoPersons =
  'Above `MANUAL_CREDIT_LIMIT` tokens it is a proposal, made with a key of one’s own (`IMPREST_OPERATOR_KEYS`), which another operator approves by a review.';

export const topUpDeskOperations = {
  list: {
    id: 'listAllTopUps',
    tag,
    summary: 'List top-ups of all tenants',
    query: {
      ...sortedPageParameters('-createdAt'),
      ...timeRange,
      status: statusParameter,
      tenantId: { description: 'Of one tenant.' },
      provider: { description: 'Of one provider.' },
    },
    answers: pageAnswers,
  },
  underReview: {
    id: 'listTopUpsUnderReview',
    tag,
    summary: 'Review queue',
    description:
      'What somebody has to decide on, the longest waiting first unless asked otherwise.',
    query: sortedPageParameters('createdAt'),
    answers: pageAnswers,
  },
  get: {
    id: 'getAnyTopUp',
    tag,
    summary: 'One top-up, for a decision',
    answers: answers(200, 'The top-up.'),
    errors: ['not_found'],
  },
  recordPayment: {
    id: 'recordManualPayment',
    tag,
    summary: 'Record the payment of a top-up paid by hand',
    description: `Safe to repeat. ${twoPersons}`,
    body: payment('ManualPayment', 'What to credit; what was ordered when absent.'),
    answers: answers(200, 'Recorded; credited, unless it waits for approval.'),
    errors: ['not_found', 'forbidden', 'conflict'],
  },
  review: {
    id: 'decideReview',
    tag,
    summary: 'Decide on a payment under review',
    description: `Credits or refuses it for good. A credit that nobody has paid for counts against the limit. ${twoPersons}`,
    body: {
      name: 'ReviewDecision',
      fields: {
        decision: { description: 'What becomes of the payment.' },
        reason: { description: 'Goes on record.' },
        tokens: {
          description:
            'What to credit: what was proposed, or what the money buys up to what was ordered, when absent.',
        },
      },
      examples: {
        credit: {
          summary: 'Credit what was paid',
          value: { decision: 'credit', reason: 'the rest was not wanted' },
        },
      },
    },
    answers: answers(200, 'Decided, or proposed.'),
    errors: ['not_found', 'forbidden', 'conflict'],
  },
  refund: {
    id: 'refundTopUp',
    tag,
    summary: 'Send money back',
    description:
      'The provider is asked until it answers; tokens leave the account when it has. Tokens that were used already are charged back, which freezes the account.',
    body: {
      name: 'Refund',
      fields: {
        amount: {
          description: 'A decimal text in the currency paid in; all that is left when absent.',
        },
        reason: { description: 'Goes on record.' },
        refundId: {
          description: 'Names the refund: the same one twice is one. Made up when absent.',
        },
      },
      examples: { part: { summary: 'A part', value: { amount: '9.50', reason: 'goodwill' } } },
    },
    answers: answers(202, 'Asked for.'),
    errors: ['not_found', 'conflict'],
  },
} satisfies Record<string, Operation>;

export const manualCreditOperations = {
  credit: {
    id: 'creditByHand',
    tag,
    summary: 'Credit a payment without an order',
    description: `Safe to repeat: the reference names it. ${twoPersons}`,
    body: payment('ManualCredit', 'What to credit; required here.'),
    answers: answers(201, 'Credited, unless it waits for approval.'),
    errors: ['not_found', 'forbidden', 'conflict'],
  },
} satisfies Record<string, Operation>;

/** Where payment providers tell that something happened. */
export const notificationsRoute: RegisteredRoute = {
  method: 'post',
  path: '/payments/v1/{provider}/notifications',
  access: { kind: 'public' },
  operation: {
    id: 'receivePaymentNotification',
    tag,
    summary: 'Webhook of a payment provider',
    description:
      'Signed the provider’s way over the raw body: `BTCPay-Sig`, `Stripe-Signature`. What it says is never believed; the payment is fetched from the provider.',
    upload: ['application/json'],
    answers: {
      200: {
        description: 'Taken note of.',
        schema: schemas.notificationOutcome,
        example: { outcome: 'observed' },
      },
    },
    errors: ['unauthorized', 'not_found', 'unavailable'],
  },
};

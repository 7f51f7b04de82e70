import type { Money, TopUpTerms } from '@imprest/domain';
import { type EventOf, firstVersion } from '../event-definition.js';
import { amount, list, nullable, object, oneOf, string, timestamp } from '../schema.js';

const category = 'topUp';

const money = object<Money>({ minorUnits: amount(), currency: string() });

const terms = object<TopUpTerms>({
  packageId: nullable(string()),
  packagesVersion: nullable(string()),
  tokens: amount(),
  listPrice: money,
  price: money,
  discountTier: nullable(string()),
});

const payment = { paymentId: string(), received: money };

export const topUpEvents = {
  TopUpRequested: firstVersion(
    category,
    object<EventOf<'TopUpRequested'>['data']>({
      tenantId: string(),
      provider: string(),
      terms,
      expiresAt: timestamp(),
      returnUrl: nullable(string()),
    }),
  ),
  CheckoutOpened: firstVersion(
    category,
    object<EventOf<'CheckoutOpened'>['data']>({
      checkoutId: string(),
      url: nullable(string()),
      expiresAt: timestamp(),
    }),
  ),
  PaymentSeen: firstVersion(category, object<EventOf<'PaymentSeen'>['data']>(payment)),
  PaymentConfirmed: firstVersion(category, object<EventOf<'PaymentConfirmed'>['data']>(payment)),
  PutUnderReview: firstVersion(
    category,
    object<EventOf<'PutUnderReview'>['data']>({
      cause: oneOf(
        'late',
        'partial',
        'over_paid',
        'amount_mismatch',
        'marked_by_hand',
        'manual_credit',
      ),
      ...payment,
    }),
  ),
  CreditProposed: firstVersion(
    category,
    object<EventOf<'CreditProposed'>['data']>({
      operator: string(),
      tokens: amount(),
      reason: string(),
    }),
  ),
  ReviewDecided: firstVersion(
    category,
    object<EventOf<'ReviewDecided'>['data']>({
      decision: oneOf('credit', 'refuse'),
      tokens: amount(),
      paid: money,
      operators: list(string()),
      reason: string(),
    }),
  ),
  TokensCredited: firstVersion(
    category,
    object<EventOf<'TokensCredited'>['data']>({ lotId: string(), tokens: amount() }),
  ),
  TopUpExpired: firstVersion(
    category,
    object<EventOf<'TopUpExpired'>['data']>({ reason: string() }),
  ),
  TopUpFailed: firstVersion(category, object<EventOf<'TopUpFailed'>['data']>({ reason: string() })),
  RefundRequested: firstVersion(
    category,
    object<EventOf<'RefundRequested'>['data']>({
      requestId: string(),
      amount: money,
      operator: string(),
      reason: string(),
    }),
  ),
  RefundFailed: firstVersion(
    category,
    object<EventOf<'RefundFailed'>['data']>({ requestId: string(), reason: string() }),
  ),
  PaymentRefunded: firstVersion(
    category,
    object<EventOf<'PaymentRefunded'>['data']>({
      refundId: string(),
      requestId: nullable(string()),
      amount: money,
      tokens: amount(),
    }),
  ),
  PaymentDisputed: firstVersion(
    category,
    object<EventOf<'PaymentDisputed'>['data']>({
      disputeId: string(),
      amount: money,
      tokens: amount(),
      reason: string(),
    }),
  ),
  DisputeWon: firstVersion(
    category,
    object<EventOf<'DisputeWon'>['data']>({
      disputeId: string(),
      amount: money,
      tokens: amount(),
    }),
  ),
  DisputeLost: firstVersion(
    category,
    object<EventOf<'DisputeLost'>['data']>({ disputeId: string() }),
  ),
};

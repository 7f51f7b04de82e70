import { PaymentProviderUnavailable } from '@imprest/application';
import type { Money, ObservedDispute, ObservedRefund, PaymentObservation } from '@imprest/domain';
import type { AnswerFields } from '@imprest/payment-http';

/** Amounts of Stripe are in the smallest unit of the currency, and currencies in lower case. */
export function moneyOf(object: AnswerFields, amount: string): Money {
  return {
    minorUnits: BigInt(object.integer(amount)),
    currency: object.text('currency').toUpperCase(),
  };
}

/** A refund that went through; what is pending, failed or cancelled has moved no money for good. */
export function observedRefund(refund: AnswerFields): ObservedRefund | undefined {
  if (refund.optionalText('status') !== 'succeeded') return undefined;
  return {
    refundId: refund.text('id'),
    requestId: refund.optionalFields('metadata')?.optionalText('request') ?? null,
    amount: moneyOf(refund, 'amount'),
  };
}

const disputeStatuses: Readonly<Record<string, ObservedDispute['status']>> = {
  needs_response: 'open',
  under_review: 'open',
  appeal_needs_response: 'open',
  appeal_under_review: 'open',
  won: 'won',
  lost: 'lost',
};

/** A dispute that moved money. Inquiries (`warning_…`) and prevented ones have not, so far. */
export function observedDispute(dispute: AnswerFields): ObservedDispute | undefined {
  const status = disputeStatuses[dispute.text('status')];
  if (status === undefined) return undefined;
  return {
    disputeId: dispute.text('id'),
    amount: moneyOf(dispute, 'amount'),
    reason: dispute.optionalText('reason') ?? 'no reason given',
    status,
  };
}

/** Whether an unpaid payment may still succeed; the session itself does not say. */
function isHopeless(intent: AnswerFields | undefined): boolean {
  const status = intent?.optionalText('status');
  return status === 'requires_payment_method' || status === 'canceled';
}

function statusOf(
  session: AnswerFields,
  intent: AnswerFields | undefined,
): PaymentObservation['status'] {
  const status = session.text('status');
  const payment = session.text('payment_status');
  if (payment === 'paid' && status === 'complete') return 'settled';
  if (status === 'expired') return 'expired';
  if (status === 'open') return 'open';
  if (status !== 'complete' || payment !== 'unpaid') {
    const both = `${status} and ${payment}`;
    throw new PaymentProviderUnavailable(`stripe checkout session is ${both}, which is unknown`);
  }
  return isHopeless(intent) ? 'failed' : 'seen';
}

/** A checkout session with `payment_intent` expanded, and what became of its payment. */
export function observedSession(
  session: AnswerFields,
  refunds: readonly ObservedRefund[],
  disputes: readonly ObservedDispute[],
): PaymentObservation {
  const intent = session.optionalFields('payment_intent');
  const status = statusOf(session, intent);
  const hasMoney = intent !== undefined && (status === 'settled' || status === 'seen');
  return {
    checkoutId: session.text('id'),
    url: session.optionalText('url') ?? null,
    expiresAt: session.unixTime('expires_at').toISOString(),
    status,
    payment: hasMoney
      ? { id: intent.text('id'), received: moneyOf(session, 'amount_total') }
      : null,
    irregularity: null,
    refunds,
    disputes,
  };
}

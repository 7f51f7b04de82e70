import type { PackagePrice, TopUpPackage, TopUpRecord } from '@imprest/application';
import {
  type Dispute,
  decimalAmount,
  type Money,
  type RefundRequest,
  refundedMinorUnits,
} from '@imprest/domain';

const amountOf = (money: Money | undefined) => (money === undefined ? null : decimalAmount(money));

function priceAnswer({ listPrice, price }: PackagePrice) {
  return {
    currency: price.currency,
    listPrice: decimalAmount(listPrice),
    price: decimalAmount(price),
  };
}

export function packageAnswer({ id, tokens, discount, prices }: TopUpPackage) {
  return {
    id,
    tokens: Number(tokens),
    discountTier: discount?.tier ?? null,
    discountPercent: discount?.percent ?? 0,
    prices: prices.map(priceAnswer),
  };
}

/** A top-up as its tenant sees it. */
export function topUpAnswer({ id, createdAt, updatedAt, creditedAt, state }: TopUpRecord) {
  const { status, provider, terms, expiresAt, checkout, payment, credit } = state;
  const currency = payment?.received.currency ?? terms?.price.currency ?? '';
  const canBePaid = status === 'requested' || status === 'open';
  return {
    id,
    status,
    provider,
    package: terms?.packageId ?? null,
    tokens: Number(terms?.tokens ?? 0n),
    currency,
    listPrice: amountOf(terms?.listPrice),
    price: amountOf(terms?.price),
    discountTier: terms?.discountTier ?? null,
    checkoutUrl: canBePaid ? (checkout?.url ?? null) : null,
    expiresAt,
    received: amountOf(payment?.received),
    credited: credit === null || creditedAt === null ? 0 : Number(credit.tokens),
    refunded: decimalAmount({ minorUnits: refundedMinorUnits(state), currency }),
    createdAt,
    updatedAt,
    creditedAt,
  };
}

function refundAnswer({ requestId, amount, status }: RefundRequest) {
  return { refundId: requestId, amount: decimalAmount(amount), status };
}

function disputeAnswer({ disputeId, amount, tokens, reason, status }: Dispute) {
  return { disputeId, amount: decimalAmount(amount), tokens: Number(tokens), reason, status };
}

/** A top-up as operators see it: what a decision on it takes, too. */
export function topUpForOperators(record: TopUpRecord) {
  const { tenantId, checkout, payment, review, credit, lotId, refundRequests, disputes, reason } =
    record.state;
  const proposal = review?.proposal ?? null;
  return {
    ...topUpAnswer(record),
    tenantId,
    checkoutId: checkout?.id ?? null,
    paymentId: payment?.id ?? null,
    review:
      review === null
        ? null
        : {
            cause: review.cause,
            proposal: proposal === null ? null : { ...proposal, tokens: Number(proposal.tokens) },
          },
    operators: credit?.operators ?? [],
    reason,
    lotId,
    refunds: refundRequests.map(refundAnswer),
    disputes: disputes.map(disputeAnswer),
  };
}

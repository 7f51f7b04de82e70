import { accepted, type Decision, rejected } from '../shared/decider.js';
import { domainError } from '../shared/domain-error.js';
import type { Money } from '../shared/tokens.js';
import type { ObservePayment } from './commands.js';
import { paidShare, tokensToGiveBack, tokensToTakeBack } from './credit-rules.js';
import type { ReviewCause, TopUpEvent } from './events.js';
import type { ObservedDispute, PaymentObservation } from './payment-observation.js';
import { evolveTopUp, type TopUpState } from './state.js';

type Facts = readonly TopUpEvent[];

const waits = ({ status }: TopUpState) =>
  status === 'requested' || status === 'open' || status === 'pending';

/** Why money that is certain cannot be credited by rule; null when it can. */
function reviewCause(
  state: TopUpState,
  received: Money,
  { irregularity, status }: PaymentObservation,
): ReviewCause | null {
  const price = state.terms?.price;
  if (price === undefined || received.currency !== price.currency) return 'amount_mismatch';
  if (irregularity !== null) return irregularity;
  if (received.minorUnits < price.minorUnits) return 'partial';
  if (received.minorUnits > price.minorUnits) return 'over_paid';
  return waits(state) && status !== 'expired' ? null : 'late';
}

function certainMoney(
  state: TopUpState,
  payment: NonNullable<PaymentObservation['payment']>,
  observation: PaymentObservation,
): Facts {
  const { id: paymentId, received } = payment;
  // Money seen before an expiry or a failure was never certain: it is new now.
  const isNew = waits(state) || state.status === 'expired' || state.status === 'failed';
  const before = isNew ? undefined : state.payment?.received.minorUnits;
  if (before !== undefined && received.minorUnits <= before) return [];
  const cause = reviewCause(state, received, observation);
  const data = { paymentId, received };
  if (cause === null) return [{ type: 'PaymentConfirmed', data }];
  return [{ type: 'PutUnderReview', data: { cause, ...data } }];
}

function paymentFacts(state: TopUpState, observation: PaymentObservation): Facts {
  const { status, payment } = observation;
  if (status === 'failed') {
    const reason = `${state.provider} says that the payment failed`;
    return waits(state) ? [{ type: 'TopUpFailed', data: { reason } }] : [];
  }
  if (status === 'expired' && payment === null) {
    const reason = 'nothing was paid in time';
    return waits(state) ? [{ type: 'TopUpExpired', data: { reason } }] : [];
  }
  if (payment === null) return [];
  if (status === 'settled' || status === 'expired') {
    return certainMoney(state, payment, observation);
  }
  const { id: paymentId, received } = payment;
  const known = state.payment?.received.minorUnits ?? -1n;
  if (!waits(state) || received.minorUnits <= known) return [];
  return [{ type: 'PaymentSeen', data: { paymentId, received } }];
}

function refundFacts(state: TopUpState, { refunds }: PaymentObservation): Facts {
  const facts: TopUpEvent[] = [];
  let current = state;
  for (const { refundId, requestId, amount } of refunds) {
    const isKnown = current.refunds.some(
      (known) =>
        known.refundId === refundId || (requestId !== null && known.requestId === requestId),
    );
    if (isKnown) continue;
    const tokens = tokensToTakeBack(current, amount.minorUnits);
    const fact: TopUpEvent = {
      type: 'PaymentRefunded',
      data: { refundId, requestId, amount, tokens },
    };
    facts.push(fact);
    current = evolveTopUp(current, fact);
  }
  return facts;
}

function opened(state: TopUpState, { disputeId, amount, reason }: ObservedDispute): TopUpEvent {
  const tokens = tokensToTakeBack(state, amount.minorUnits);
  return { type: 'PaymentDisputed', data: { disputeId, amount, tokens, reason } };
}

function closed(state: TopUpState, { disputeId, status }: ObservedDispute): Facts {
  const known = state.disputes.find((each) => each.disputeId === disputeId);
  if (known === undefined || known.status === 'won' || known.status === status) return [];
  // A dispute that was lost may still be won on appeal; that it was open once is no news.
  if (status === 'open') return [];
  if (status === 'lost') return [{ type: 'DisputeLost', data: { disputeId } }];
  const tokens = tokensToGiveBack(state, known.amount.minorUnits);
  const amount = state.credit === null ? known.amount : paidShare(state.credit, tokens);
  return [{ type: 'DisputeWon', data: { disputeId, amount, tokens } }];
}

function disputeFacts(state: TopUpState, { disputes }: PaymentObservation): Facts {
  const facts: TopUpEvent[] = [];
  let current = state;
  const add = (fact: TopUpEvent) => {
    facts.push(fact);
    current = evolveTopUp(current, fact);
  };
  for (const dispute of disputes) {
    const isKnown = current.disputes.some(({ disputeId }) => disputeId === dispute.disputeId);
    if (!isKnown) add(opened(current, dispute));
    for (const fact of closed(current, dispute)) add(fact);
  }
  return facts;
}

function checkoutFacts(state: TopUpState, observation: PaymentObservation): Facts {
  if (state.checkout !== null) return [];
  const { checkoutId, url, expiresAt } = observation;
  return [{ type: 'CheckoutOpened', data: { checkoutId, url, expiresAt } }];
}

/** An observation that contradicts what is known is somebody else's money, or a fault at the provider. */
function contradiction(state: TopUpState, observation: PaymentObservation): string | undefined {
  const { checkoutId, payment, refunds, disputes } = observation;
  if (state.checkout !== null && state.checkout.id !== checkoutId) {
    return `checkout ${checkoutId} is not the one of this top-up, ${state.checkout.id}`;
  }
  if (state.payment !== null && payment !== null && state.payment.id !== payment.id) {
    return `payment ${payment.id} is not the one of this top-up, ${state.payment.id}`;
  }
  const returned = [...refunds, ...disputes].map(({ amount }) => amount.currency);
  const currency = payment?.received.currency;
  const other = returned.find((each) => each !== currency);
  return other === undefined ? undefined : `${other} went back for a payment in ${currency}`;
}

/** What is new in an observation. What is old, or was seen before in a later one, changes nothing. */
export function observe(state: TopUpState, { observation }: ObservePayment): Decision<TopUpEvent> {
  const why = contradiction(state, observation);
  if (why !== undefined) return rejected(domainError('conflict', why));
  const facts: TopUpEvent[] = [];
  let current = state;
  for (const step of [checkoutFacts, paymentFacts, refundFacts, disputeFacts]) {
    for (const fact of step(current, observation)) {
      facts.push(fact);
      current = evolveTopUp(current, fact);
    }
  }
  return accepted(...facts);
}

import { accepted, type Decision, rejected } from '../shared/decider.js';
import { domainError, validationError } from '../shared/domain-error.js';
import type { Money } from '../shared/tokens.js';
import type {
  ExpireTopUp,
  FailTopUp,
  RecordCredit,
  RecordRefund,
  RequestRefund,
  RequestTopUp,
  TopUpCommand,
} from './commands.js';
import { moneyLeft, tokensToTakeBack } from './credit-rules.js';
import type { TopUpEvent } from './events.js';
import { observe } from './observe.js';
import { decideReview, recordManualPayment } from './review.js';
import type { TopUpState } from './state.js';

type TopUpDecision = Decision<TopUpEvent>;

const sameMoney = (a: Money, b: Money) =>
  a.minorUnits === b.minorUnits && a.currency === b.currency;

/** A price list that changed since is no contradiction: the terms of the first request hold. */
function isRepeat(state: TopUpState, { tenantId, provider, terms }: RequestTopUp): boolean {
  const known = state.terms;
  if (known === null || state.tenantId !== tenantId || state.provider !== provider) return false;
  if (known.packageId !== terms.packageId) return false;
  if (terms.packageId !== null) return known.price.currency === terms.price.currency;
  return known.tokens === terms.tokens && sameMoney(known.price, terms.price);
}

function request(state: TopUpState, command: RequestTopUp): TopUpDecision {
  if (state.status !== 'none') {
    if (isRepeat(state, command)) return accepted();
    return rejected(domainError('conflict', 'the top-up exists already, on other terms'));
  }
  const { tenantId, provider, terms, expiresAt, returnUrl } = command;
  if (terms.tokens <= 0n) return rejected(validationError('tokens', 'must be more than 0'));
  if (terms.price.minorUnits <= 0n) {
    return rejected(validationError('price', 'must be more than 0: grant what is free'));
  }
  return accepted({
    type: 'TopUpRequested',
    data: { tenantId, provider, terms, expiresAt, returnUrl },
  });
}

function recordCredit(state: TopUpState, { lotId }: RecordCredit): TopUpDecision {
  if (state.lotId !== null) return accepted();
  if (state.credit === null) return rejected(domainError('conflict', 'no credit was decided'));
  const { tokens } = state.credit;
  return accepted({ type: 'TokensCredited', data: { lotId, tokens } });
}

function expire({ status, expiresAt }: TopUpState, { now }: ExpireTopUp): TopUpDecision {
  const waits = status === 'requested' || status === 'open';
  if (!waits || now < expiresAt) return accepted();
  return accepted({ type: 'TopUpExpired', data: { reason: 'nothing was paid in time' } });
}

function fail({ status }: TopUpState, { reason }: FailTopUp): TopUpDecision {
  if (status !== 'requested') return accepted();
  return accepted({ type: 'TopUpFailed', data: { reason } });
}

function refundable(state: TopUpState): bigint {
  const asked = state.refundRequests.filter(({ status }) => status === 'requested');
  const pending = asked.reduce((sum, { amount }) => sum + amount.minorUnits, 0n);
  return moneyLeft(state).minorUnits - pending;
}

function requestRefund(state: TopUpState, command: RequestRefund): TopUpDecision {
  const { requestId, operator, reason } = command;
  if (state.refundRequests.some((known) => known.requestId === requestId)) return accepted();
  if (state.payment === null || state.status === 'pending') {
    return rejected(domainError('conflict', 'nothing has been paid that could go back'));
  }
  if (state.disputes.some(({ status }) => status !== 'won')) {
    return rejected(domainError('conflict', 'the payment is disputed: the bank decides on it'));
  }
  const most = refundable(state);
  const minorUnits = command.minorUnits ?? most;
  if (minorUnits <= 0n || minorUnits > most) {
    return rejected(validationError('amount', `must be 1 to the ${most} minor units left`));
  }
  const amount = { minorUnits, currency: state.payment.received.currency };
  return accepted({ type: 'RefundRequested', data: { requestId, amount, operator, reason } });
}

function recordRefund(state: TopUpState, { requestId, result }: RecordRefund): TopUpDecision {
  const asked = state.refundRequests.find((known) => known.requestId === requestId);
  if (asked === undefined) return rejected(domainError('not_found', 'no such refund'));
  if (asked.status !== 'requested') return accepted();
  if (!result.done) {
    return accepted({ type: 'RefundFailed', data: { requestId, reason: result.reason } });
  }
  const { amount } = asked;
  const tokens = tokensToTakeBack(state, amount.minorUnits);
  const { refundId } = result;
  return accepted({ type: 'PaymentRefunded', data: { refundId, requestId, amount, tokens } });
}

/** Every command is safe to repeat, and observations may come in any order. */
export function decideTopUp(command: TopUpCommand, state: TopUpState): TopUpDecision {
  if (command.type === 'RequestTopUp') return request(state, command);
  if (state.status === 'none') return rejected(domainError('not_found', 'there is no such top-up'));
  switch (command.type) {
    case 'ObservePayment':
      return observe(state, command);
    case 'RecordManualPayment':
      return recordManualPayment(state, command);
    case 'DecideReview':
      return decideReview(state, command);
    case 'RecordCredit':
      return recordCredit(state, command);
    case 'ExpireTopUp':
      return expire(state, command);
    case 'FailTopUp':
      return fail(state, command);
    case 'RequestRefund':
      return requestRefund(state, command);
    case 'RecordRefund':
      return recordRefund(state, command);
  }
}

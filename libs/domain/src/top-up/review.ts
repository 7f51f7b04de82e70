import { accepted, type Decision, rejected } from '../shared/decider.js';
import { domainError, validationError } from '../shared/domain-error.js';
import type { Tokens } from '../shared/tokens.js';
import type { DecideReview, Operator, RecordManualPayment } from './commands.js';
import { moneyLeft, paidFor, tokensFor } from './credit-rules.js';
import type { PutUnderReview, TopUpEvent } from './events.js';
import { evolveTopUp, type TopUpState } from './state.js';

type TopUpDecision = Decision<TopUpEvent>;

/** Tokens for which nobody but an operator says that money came. */
function unbacked(state: TopUpState, tokens: Tokens): Tokens {
  if (state.review?.cause === 'manual_credit') return tokens;
  const backed = tokensFor(state, moneyLeft(state));
  return tokens > backed ? tokens - backed : 0n;
}

function credited(
  state: TopUpState,
  tokens: Tokens,
  operators: readonly string[],
  reason: string,
): TopUpEvent {
  const paid = paidFor(state, tokens);
  return {
    type: 'ReviewDecided',
    data: { decision: 'credit', tokens, paid, operators, reason },
  };
}

/** Two named people for what is above the limit: one proposes, another one approves the very same. */
function creditByTwo(
  state: TopUpState,
  tokens: Tokens,
  { name, personal }: Operator,
  { limit, reason }: Pick<DecideReview, 'limit' | 'reason'>,
): TopUpDecision {
  if (!personal) {
    const rule = `more than ${limit} tokens need two operators with keys of their own`;
    return rejected(domainError('forbidden', rule));
  }
  const proposal = state.review?.proposal;
  if (proposal?.tokens !== tokens) {
    return accepted({ type: 'CreditProposed', data: { operator: name, tokens, reason } });
  }
  if (proposal.operator === name) {
    const rule = `${name} proposed this credit: another operator has to approve it`;
    return rejected(domainError('forbidden', rule));
  }
  return accepted(credited(state, tokens, [proposal.operator, name], reason));
}

function credit(state: TopUpState, command: DecideReview): TopUpDecision {
  const { operator, reason, limit } = command;
  if (state.credit !== null) {
    const message = 'the payment is credited: give more for it as a manual credit of its own';
    return rejected(domainError('conflict', message));
  }
  const bought = tokensFor(state, moneyLeft(state));
  const ordered = state.terms?.tokens ?? 0n;
  const usual = bought < ordered ? bought : ordered;
  const tokens = command.tokens ?? state.review?.proposal?.tokens ?? usual;
  const most = bought > ordered ? bought : ordered;
  if (tokens <= 0n || tokens > most) {
    return rejected(validationError('tokens', `must be 1 to ${most}`));
  }
  if (unbacked(state, tokens) > limit) return creditByTwo(state, tokens, operator, command);
  return accepted(credited(state, tokens, [operator.name], reason));
}

function isRepeat(state: TopUpState, { decision, operator }: DecideReview): boolean {
  if (decision === 'refuse') return state.status === 'refused';
  return state.credit?.operators.includes(operator.name) ?? false;
}

export function decideReview(state: TopUpState, command: DecideReview): TopUpDecision {
  const { decision, operator, reason } = command;
  if (state.review === null) {
    if (isRepeat(state, command)) return accepted();
    return rejected(domainError('conflict', 'the top-up is not under review'));
  }
  if (decision === 'credit') return credit(state, command);
  const paid = { ...moneyLeft(state), minorUnits: 0n };
  const operators = [operator.name];
  return accepted({
    type: 'ReviewDecided',
    data: { decision: 'refuse', tokens: 0n, paid, operators, reason },
  });
}

/** Recorded and, as far as one operator may, credited at once. */
export function recordManualPayment(
  state: TopUpState,
  command: RecordManualPayment,
): TopUpDecision {
  const { paymentId, received, operator, tokens, reason, limit } = command;
  if (state.provider !== 'manual') {
    const message = `${state.provider} says what was paid: decide on its payment under review`;
    return rejected(domainError('conflict', message));
  }
  if (state.payment?.id === paymentId) return accepted();
  if (state.payment !== null) {
    return rejected(domainError('conflict', 'a payment was recorded already'));
  }
  if (received.minorUnits <= 0n) return rejected(validationError('amount', 'must be more than 0'));
  if (received.currency !== state.terms?.price.currency) {
    const rule = `must be ${state.terms?.price.currency}, the currency ordered in`;
    return rejected(validationError('currency', rule));
  }
  const underReview: PutUnderReview = {
    type: 'PutUnderReview',
    data: { cause: 'manual_credit', paymentId, received },
  };
  const decision = decideReview(evolveTopUp(state, underReview), {
    ...{ type: 'DecideReview', decision: 'credit', operator, reason, tokens, limit },
  });
  if (decision.kind === 'rejected') return decision;
  return accepted<TopUpEvent>(underReview, ...decision.events);
}

import { accepted, type Decision, rejected } from '../shared/decider.js';
import { domainError, validationError } from '../shared/domain-error.js';
import { splitAllocations, sumOfAllocations, type Tokens } from '../shared/tokens.js';
import { type BudgetCharge, chargesFor } from './budgets.js';
import { wasClosed } from './closed-holds.js';
import type {
  ChargeBack,
  HoldTokens,
  RefundPurchase,
  RefundTokens,
  ReleaseHold,
  SettleHold,
  TokenAccountCommand,
} from './commands.js';
import { decideBudget } from './decide-budget.js';
import { grant, notOpen, purchase } from './decide-receipt.js';
import { drawableTokens, drawFromLots, dueExpiries, expiriesOfReturned } from './draw.js';
import type { TokenAccountEvent } from './events.js';
import type { TokenAccountState } from './state.js';

type AccountDecision = Decision<TokenAccountEvent>;

export function insufficientBalance(balance: Tokens, required: Tokens) {
  return domainError(
    'insufficient_balance',
    `this request costs ${required} tokens and ${balance} are available`,
    { details: { balance: Number(balance), required: Number(required) } },
  );
}

/** Named only where there are some: most accounts have none. */
function budgetsOf(charges: readonly BudgetCharge[]) {
  return charges.length === 0 ? {} : { budgets: charges };
}

function hold(state: TokenAccountState, command: HoldTokens): AccountDecision {
  const { generationId, price, now, spenders = [] } = command;
  if (state.holds.has(generationId)) return accepted();
  if (wasClosed(state.closedHolds, generationId)) return accepted();
  if (!state.opened) return notOpen();
  if (state.frozen !== null) {
    return rejected(domainError('forbidden', `the account is frozen: ${state.frozen}`));
  }
  if (price.total < 0n) return rejected(validationError('price', 'must not be negative'));
  const charges = chargesFor(state.budgets, spenders, price.total, now);
  if ('code' in charges) return rejected(charges);
  const drawable = drawableTokens(state, now);
  if (drawable < price.total) return rejected(insufficientBalance(drawable, price.total));
  const allocations = drawFromLots(state, price.total, now);
  return accepted<TokenAccountEvent>(...dueExpiries(state, now), {
    type: 'TokensHeld',
    data: { generationId, tokens: price.total, allocations, price, ...budgetsOf(charges) },
  });
}

function release(state: TokenAccountState, command: ReleaseHold): AccountDecision {
  const open = state.holds.get(command.generationId);
  if (open === undefined) return accepted();
  const released = open.allocations;
  return accepted<TokenAccountEvent>(
    {
      type: 'HoldReleased',
      data: { generationId: command.generationId, released, reason: command.reason },
    },
    ...expiriesOfReturned(state, released),
  );
}

function settle(state: TokenAccountState, command: SettleHold): AccountDecision {
  const { generationId, capture } = command;
  const open = state.holds.get(generationId);
  if (open === undefined) return accepted();
  if (capture < 0n || capture > open.tokens) {
    return rejected(validationError('capture', `must be 0 to the ${open.tokens} tokens held`));
  }
  if (capture === 0n && open.tokens > 0n) {
    return release(state, { type: 'ReleaseHold', generationId, reason: 'nothing was made' });
  }
  const { head: captured, tail: released } = splitAllocations(open.allocations, capture);
  return accepted<TokenAccountEvent>(
    { type: 'HoldSettled', data: { generationId, captured, released } },
    ...expiriesOfReturned(state, released),
  );
}

function refund(state: TokenAccountState, command: RefundTokens): AccountDecision {
  const { refundId, generationId, tokens, captured, reason, budgets = [] } = command;
  if (state.refundIds.has(refundId)) return accepted();
  const before = state.refunded.get(generationId) ?? 0n;
  const most = sumOfAllocations(captured) - before;
  if (tokens <= 0n || tokens > most) {
    return rejected(validationError('tokens', `must be 1 to the ${most} tokens still captured`));
  }
  if (captured.some(({ lotId }) => !state.lots.has(lotId))) {
    return rejected(validationError('captured', 'names a lot of another account'));
  }
  const lastDrawnFirst = captured.toReversed();
  const { tail: notYetRefunded } = splitAllocations(lastDrawnFirst, before);
  const { head: allocations } = splitAllocations(notYetRefunded, tokens);
  return accepted<TokenAccountEvent>(
    {
      type: 'TokensRefunded',
      data: { refundId, generationId, allocations, reason, ...budgetsOf(budgets) },
    },
    ...expiriesOfReturned(state, allocations),
  );
}

function chargeBack(state: TokenAccountState, command: ChargeBack): AccountDecision {
  const { chargeBackId, lotId, tokens, reason } = command;
  if (state.chargeBackIds.has(chargeBackId)) return accepted();
  const lot = state.lots.get(lotId);
  if (lot === undefined || lot.kind !== 'purchased') {
    return rejected(domainError('not_found', `there is no purchased lot ${lotId}`));
  }
  const most = lot.tokens - lot.chargedBack - lot.repaid;
  if (tokens <= 0n || tokens > most) {
    return rejected(
      validationError('tokens', `must be 1 to the ${most} of the lot not charged back yet`),
    );
  }
  const charged: TokenAccountEvent = {
    type: 'ChargedBack',
    data: { chargeBackId, lotId, tokens, reason },
  };
  if (state.frozen !== null) return accepted(charged);
  return accepted<TokenAccountEvent>(charged, {
    type: 'AccountFrozen',
    data: { reason: `charge-back: ${reason}` },
  });
}

function refundPurchase(state: TokenAccountState, command: RefundPurchase): AccountDecision {
  const { purchaseRefundId, lotId, tokens, reason } = command;
  if (state.purchaseRefundIds.has(purchaseRefundId)) return accepted();
  const lot = state.lots.get(lotId);
  if (lot === undefined || lot.kind !== 'purchased') {
    return rejected(domainError('not_found', `there is no purchased lot ${lotId}`));
  }
  if (tokens <= 0n || tokens > lot.available) {
    return rejected(
      validationError('tokens', `must be 1 to the ${lot.available} available in the lot`),
    );
  }
  return accepted({ type: 'PurchaseRefunded', data: { purchaseRefundId, lotId, tokens, reason } });
}

/** Every command is safe to repeat: a second hold, settle, release, grant or refund changes nothing. */
export function decideTokenAccount(
  command: TokenAccountCommand,
  state: TokenAccountState,
): AccountDecision {
  switch (command.type) {
    case 'OpenAccount':
      if (state.opened) return accepted();
      return accepted({ type: 'AccountOpened', data: { tenantId: command.tenantId } });
    case 'PurchaseTokens':
      return purchase(state, command);
    case 'GrantTokens':
      return grant(state, command);
    case 'HoldTokens':
      return hold(state, command);
    case 'SettleHold':
      return settle(state, command);
    case 'ReleaseHold':
      return release(state, command);
    case 'RefundTokens':
      return refund(state, command);
    case 'ExpireLots':
      return accepted(...dueExpiries(state, command.now));
    case 'ChargeBack':
      return chargeBack(state, command);
    case 'RefundPurchase':
      return refundPurchase(state, command);
    case 'FreezeAccount':
      if (!state.opened) return notOpen();
      if (state.frozen !== null) return accepted();
      return accepted({ type: 'AccountFrozen', data: { reason: command.reason } });
    case 'UnfreezeAccount':
      if (state.frozen === null) return accepted();
      return accepted({ type: 'AccountUnfrozen', data: { reason: command.reason } });
    case 'SetBudget':
    case 'ShareBudget':
    case 'ClearBudget':
      if (!state.opened) return notOpen();
      return decideBudget(command, state.budgets);
  }
}

import { accepted, type Decision, rejected } from '../shared/decider.js';
import { domainError, validationError } from '../shared/domain-error.js';
import { isTimestamp } from '../shared/timestamp.js';
import type { GrantTokens, PurchaseTokens } from './commands.js';
import type { TokenAccountEvent } from './events.js';
import type { TokenAccountState } from './state.js';

type AccountDecision = Decision<TokenAccountEvent>;

export function notOpen(): AccountDecision {
  return rejected(domainError('not_found', 'the account is not open'));
}

function receive(
  state: TokenAccountState,
  command: PurchaseTokens | GrantTokens,
  event: TokenAccountEvent,
): AccountDecision {
  if (!state.opened) return notOpen();
  if (command.tokens <= 0n) return rejected(validationError('tokens', 'must be more than 0'));
  const known = state.lots.get(command.lotId);
  if (known === undefined) return accepted(event);
  const kind = command.type === 'PurchaseTokens' ? 'purchased' : 'promotional';
  if (known.kind === kind && known.tokens === command.tokens) return accepted();
  return rejected(
    domainError('conflict', `lot ${command.lotId} came in before as ${known.tokens} ${known.kind}`),
  );
}

export function purchase(state: TokenAccountState, command: PurchaseTokens): AccountDecision {
  const { lotId, tokens, paid, paymentId, provider = null, discount = null } = command;
  if (paid.minorUnits < 0n) {
    return rejected(validationError('paid.minorUnits', 'must not be negative'));
  }
  if (discount !== null && discount.listMinorUnits < paid.minorUnits) {
    return rejected(validationError('discount.listMinorUnits', 'must not be less than was paid'));
  }
  return receive(state, command, {
    type: 'TokensPurchased',
    data: { lotId, tokens, paid, paymentId, provider, discount },
  });
}

export function grant(state: TokenAccountState, command: GrantTokens): AccountDecision {
  const { lotId, tokens, reason, expiresAt, now } = command;
  if (expiresAt !== null && !isTimestamp(expiresAt)) {
    return rejected(validationError('expiresAt', 'must be a UTC timestamp with milliseconds'));
  }
  if (expiresAt !== null && expiresAt <= now && !state.lots.has(lotId)) {
    return rejected(validationError('expiresAt', 'must be in the future'));
  }
  return receive(state, command, {
    type: 'TokensGranted',
    data: { lotId, tokens, reason, expiresAt },
  });
}

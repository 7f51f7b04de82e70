import type { Allocation, Tokens } from '../shared/tokens.js';
import type { TokenAccountEvent } from '../token-account/events.js';

/**
 * Where the tokens of a lot are. What the lot came in with stays the sum of it all:
 * `tokens = available + held + captured - refunded + expired + chargedBack + repaid`.
 */
export interface LotPortions {
  readonly available: Tokens;
  readonly held: Tokens;
  /** Ever captured; what was given back later stays in it and is counted in `refunded`. */
  readonly captured: Tokens;
  readonly refunded: Tokens;
  readonly expired: Tokens;
  readonly chargedBack: Tokens;
  /** Given up for money that went back to the payer. */
  readonly repaid: Tokens;
}

export interface LotMovement extends LotPortions {
  readonly lotId: string;
}

/** What one fact changes in lots, as differences; a lot may appear twice. */
export function lotMovements(event: TokenAccountEvent): readonly LotMovement[] {
  switch (event.type) {
    case 'TokensPurchased':
    case 'TokensGranted':
      return [movement(event.data.lotId, event.data.tokens, 0n)];
    case 'TokensHeld':
      return event.data.allocations.map(held);
    case 'HoldSettled':
      return [...event.data.captured.map(captured), ...event.data.released.map(released)];
    case 'HoldReleased':
      return event.data.released.map(released);
    case 'TokensRefunded':
      return event.data.allocations.map(refunded);
    case 'LotExpired':
      return [expired(event.data)];
    case 'ChargedBack':
      return [chargedBack(event.data)];
    case 'PurchaseRefunded':
      return [repaid(event.data)];
    default:
      return [];
  }
}

/** Written out and not spread from a pattern: a replay makes millions of them. */
function movement(
  lotId: string,
  available: Tokens,
  held: Tokens,
  captured = 0n,
  refunded = 0n,
  expired = 0n,
  chargedBack = 0n,
  repaid = 0n,
): LotMovement {
  return { lotId, available, held, captured, refunded, expired, chargedBack, repaid };
}

const held = ({ lotId, tokens }: Allocation) => movement(lotId, -tokens, tokens);
const released = ({ lotId, tokens }: Allocation) => movement(lotId, tokens, -tokens);
const captured = ({ lotId, tokens }: Allocation) => movement(lotId, 0n, -tokens, tokens);
const refunded = ({ lotId, tokens }: Allocation) => movement(lotId, tokens, 0n, 0n, tokens);
const expired = ({ lotId, tokens }: Allocation) => movement(lotId, -tokens, 0n, 0n, 0n, tokens);
const chargedBack = ({ lotId, tokens }: Allocation) =>
  movement(lotId, -tokens, 0n, 0n, 0n, 0n, tokens);
const repaid = ({ lotId, tokens }: Allocation) =>
  movement(lotId, -tokens, 0n, 0n, 0n, 0n, 0n, tokens);

import type { Allocation, Tokens } from '../shared/tokens.js';
import type { TokenAccountEvent } from '../token-account/events.js';

/**
 * Where the tokens of a lot are. What the lot came in with stays the sum of it all:
 * `tokens = available + held + captured - refunded + expired + chargedBack`.
 */
export interface LotPortions {
  readonly available: Tokens;
  readonly held: Tokens;
  /** Ever captured; what was given back later stays in it and is counted in `refunded`. */
  readonly captured: Tokens;
  readonly refunded: Tokens;
  readonly expired: Tokens;
  readonly chargedBack: Tokens;
}

export interface LotMovement extends LotPortions {
  readonly lotId: string;
}

const NONE: LotPortions = {
  available: 0n,
  held: 0n,
  captured: 0n,
  refunded: 0n,
  expired: 0n,
  chargedBack: 0n,
};

/** What one fact changes in lots, as differences; a lot may appear twice. */
export function lotMovements(event: TokenAccountEvent): readonly LotMovement[] {
  switch (event.type) {
    case 'TokensPurchased':
    case 'TokensGranted':
      return [{ ...NONE, lotId: event.data.lotId, available: event.data.tokens }];
    case 'TokensHeld':
      return moved(event.data.allocations, (tokens) => ({ available: -tokens, held: tokens }));
    case 'HoldSettled':
      return [
        ...moved(event.data.captured, (tokens) => ({ held: -tokens, captured: tokens })),
        ...released(event.data.released),
      ];
    case 'HoldReleased':
      return released(event.data.released);
    case 'TokensRefunded':
      return moved(event.data.allocations, (tokens) => ({ available: tokens, refunded: tokens }));
    case 'LotExpired':
      return moved([event.data], (tokens) => ({ available: -tokens, expired: tokens }));
    case 'ChargedBack':
      return moved([event.data], (tokens) => ({ available: -tokens, chargedBack: tokens }));
    default:
      return [];
  }
}

function moved(
  allocations: readonly Allocation[],
  change: (tokens: Tokens) => Partial<LotPortions>,
): readonly LotMovement[] {
  return allocations.map(({ lotId, tokens }) => ({ ...NONE, ...change(tokens), lotId }));
}

function released(allocations: readonly Allocation[]): readonly LotMovement[] {
  return moved(allocations, (tokens) => ({ available: tokens, held: -tokens }));
}

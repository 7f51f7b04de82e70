import type { Money, Tokens } from '../shared/tokens.js';
import { type Credit, refundedMinorUnits, type TopUpState } from './state.js';

const least = (a: bigint, b: bigint) => (a < b ? a : b);

const disputedMinorUnits = ({ disputes }: TopUpState): bigint =>
  disputes.reduce(
    (sum, { status, amount }) => (status === 'won' ? sum : sum + amount.minorUnits),
    0n,
  );

/** Money of the payment that is still there; never less than nothing. */
export function moneyLeft(state: TopUpState): Money {
  const { payment, terms } = state;
  const currency = payment?.received.currency ?? terms?.price.currency ?? '';
  const received = payment?.received.minorUnits ?? 0n;
  const left = received - refundedMinorUnits(state) - disputedMinorUnits(state);
  return { minorUnits: left > 0n ? left : 0n, currency };
}

/** Tokens that an amount buys at the price ordered at, rounded down; 0 in another currency. */
export function tokensFor({ terms }: TopUpState, money: Money): Tokens {
  if (terms === null || money.currency !== terms.price.currency) return 0n;
  return (terms.tokens * money.minorUnits) / terms.price.minorUnits;
}

/** What a number of tokens counts as paid with, at most the money that is there. */
export function paidFor(state: TopUpState, tokens: Tokens): Money {
  const left = moneyLeft(state);
  const { terms } = state;
  if (terms === null || left.currency !== terms.price.currency) return left;
  // All that came is used up, the fraction of a token that it does not buy included.
  if (tokens >= tokensFor(state, left)) return left;
  const { minorUnits } = terms.price;
  const worth = (minorUnits * tokens + terms.tokens - 1n) / terms.tokens;
  return { minorUnits: least(worth, left.minorUnits), currency: left.currency };
}

const sum = (parts: readonly { readonly tokens: Tokens }[]): Tokens =>
  parts.reduce((total, { tokens }) => total + tokens, 0n);

/** Tokens out of the lot by now, less those given back. */
const takenBack = ({ takings, givenBack }: TopUpState): Tokens => sum(takings) - sum(givenBack);

/**
 * Tokens that should be out of the lot for the money that went back. Money that was received but never
 * credited goes first; then tokens follow in proportion, and the last of the money takes the last token:
 * however a payment goes back in parts, the parts add up to the lot.
 */
function tokensDue(state: TopUpState, goingBack: bigint): Tokens {
  const { credit, payment } = state;
  if (credit === null || payment === null) return 0n;
  const { paid, tokens } = credit;
  const neverCredited = payment.received.minorUnits - paid.minorUnits;
  const gone = refundedMinorUnits(state) + disputedMinorUnits(state) + goingBack - neverCredited;
  if (gone <= 0n) return 0n;
  return gone >= paid.minorUnits ? tokens : (tokens * gone) / paid.minorUnits;
}

/** Tokens to take out of the lot when more of the money goes back. */
export function tokensToTakeBack(state: TopUpState, goingBack: bigint): Tokens {
  const more = tokensDue(state, goingBack) - takenBack(state);
  return more > 0n ? more : 0n;
}

/** Tokens to give back when disputed money comes back: what is still owed for refunds stays away. */
export function tokensToGiveBack(state: TopUpState, comingBack: bigint): Tokens {
  const less = takenBack(state) - tokensDue(state, -comingBack);
  return less > 0n ? less : 0n;
}

/** What tokens of the lot were paid with. */
export function paidShare({ tokens, paid }: Credit, part: Tokens): Money {
  return { ...paid, minorUnits: (paid.minorUnits * part) / tokens };
}

/** A part of what was credited: the purchase itself, or what a won dispute gave back, by its id. */
export interface CreditPart {
  readonly disputeId: string | null;
  readonly tokens: Tokens;
}

/**
 * Which lots a taking comes out of: the purchased one as far as it goes, then those that won disputes gave
 * back. It depends on earlier takings only, so it is the same whenever it is asked.
 */
export function partsTaken(state: TopUpState, takingId: string): readonly CreditPart[] {
  const parts = [{ disputeId: null as string | null, tokens: state.credit?.tokens ?? 0n }];
  for (const { id, tokens } of state.givenBack) parts.push({ disputeId: id, tokens });
  for (const { id, tokens } of state.takings) {
    let missing = tokens;
    const taken: CreditPart[] = [];
    for (const part of parts) {
      const share = least(missing, part.tokens);
      if (share === 0n) continue;
      part.tokens -= share;
      missing -= share;
      taken.push({ disputeId: part.disputeId, tokens: share });
    }
    if (id === takingId) return taken;
  }
  return [];
}

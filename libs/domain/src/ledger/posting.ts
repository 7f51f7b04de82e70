import type { Money, Tokens } from '../shared/tokens.js';

/** One line of a journal entry: an account, the lot whose tokens move, and what they are worth. */
export interface Posting {
  readonly account: string;
  readonly lotId: string;
  /**
   * A debit is positive, a credit negative. Zero only on a lot's account, where a settlement completes
   * a minor unit that holds had rounded away; `money` is not zero then.
   */
  readonly tokens: Tokens;
  /** Same sign, at the price of the lot and in the currency it was paid in; null when nobody paid. */
  readonly money: Money | null;
}

export class UnbalancedEntry extends Error {
  override readonly name = 'UnbalancedEntry';
  constructor(type: string, difference: bigint, unit: string) {
    super(`postings of ${type} sum to ${difference} ${unit} instead of 0`);
  }
}

/**
 * Tokens of all lines sum to zero, and so does the money of each currency.
 * @throws UnbalancedEntry
 */
export function assertBalanced(type: string, postings: readonly Posting[]): void {
  let tokens = 0n;
  const money = new Map<string, bigint>();
  for (const posting of postings) {
    tokens += posting.tokens;
    if (posting.money === null) continue;
    const { currency, minorUnits } = posting.money;
    money.set(currency, (money.get(currency) ?? 0n) + minorUnits);
  }
  if (tokens !== 0n) throw new UnbalancedEntry(type, tokens, 'tokens');
  for (const [currency, sum] of money) {
    if (sum !== 0n) throw new UnbalancedEntry(type, sum, currency);
  }
}

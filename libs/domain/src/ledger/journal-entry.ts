import { type Allocation, sumOfAllocations, type Tokens } from '../shared/tokens.js';
import type { TokenAccountEvent } from '../token-account/events.js';
import {
  BREAKAGE,
  CASH_CLEARING,
  CHARGE_BACKS,
  heldAccount,
  type LotKind,
  lotAccount,
  PROMOTIONAL_ISSUED,
  PROMOTIONAL_USED,
  REFUNDS,
  REVENUE,
} from './chart-of-accounts.js';

export interface Posting {
  readonly account: string;
  /** A debit is positive, a credit negative; never zero. */
  readonly tokens: Tokens;
}

/** Only a purchase or a grant says what kind a lot is; every later event names the lot alone. */
export type KindOfLot = (lotId: string) => LotKind;

export class UnbalancedEntry extends Error {
  override readonly name = 'UnbalancedEntry';
  constructor(type: string, difference: Tokens) {
    super(`postings of ${type} sum to ${difference} instead of 0`);
  }
}

/**
 * The double entry of one fact of a token account; empty for facts that move no token.
 * @throws UnbalancedEntry
 */
export function journalEntry(event: TokenAccountEvent, kindOf: KindOfLot): readonly Posting[] {
  const entry: Posting[] = [];
  let difference = 0n;
  const debit = (account: string, tokens: Tokens) => {
    if (tokens === 0n) return;
    entry.push({ account, tokens });
    difference += tokens;
  };
  post(event, kindOf, debit, (account, tokens) => debit(account, -tokens));
  if (difference !== 0n) throw new UnbalancedEntry(event.type, difference);
  return entry;
}

type Post = (account: string, tokens: Tokens) => void;

function post(event: TokenAccountEvent, kindOf: KindOfLot, debit: Post, credit: Post): void {
  switch (event.type) {
    case 'TokensPurchased':
      debit(CASH_CLEARING, event.data.tokens);
      credit(lotAccount('purchased', event.data.lotId), event.data.tokens);
      break;
    case 'TokensGranted':
      debit(PROMOTIONAL_ISSUED, event.data.tokens);
      credit(lotAccount('promotional', event.data.lotId), event.data.tokens);
      break;
    case 'TokensHeld':
      postLots(debit, event.data.allocations, kindOf);
      credit(heldAccount(event.data.generationId), event.data.tokens);
      break;
    case 'HoldSettled': {
      const { generationId, captured, released } = event.data;
      debit(heldAccount(generationId), sumOfAllocations(captured) + sumOfAllocations(released));
      postByKind(credit, captured, kindOf, REVENUE);
      postLots(credit, released, kindOf);
      break;
    }
    case 'HoldReleased':
      debit(heldAccount(event.data.generationId), sumOfAllocations(event.data.released));
      postLots(credit, event.data.released, kindOf);
      break;
    case 'TokensRefunded':
      postByKind(debit, event.data.allocations, kindOf, REFUNDS);
      postLots(credit, event.data.allocations, kindOf);
      break;
    case 'LotExpired':
      postLots(debit, [event.data], kindOf);
      credit(BREAKAGE, event.data.tokens);
      break;
    case 'ChargedBack':
      postLots(debit, [event.data], kindOf);
      credit(CHARGE_BACKS, event.data.tokens);
      break;
    case 'AccountOpened':
    case 'AccountFrozen':
    case 'AccountUnfrozen':
      break;
    default:
      event satisfies never;
  }
}

function postLots(post: Post, allocations: readonly Allocation[], kindOf: KindOfLot): void {
  for (const { lotId, tokens } of allocations) post(lotAccount(kindOf(lotId), lotId), tokens);
}

/** Tokens nobody paid for never reach an account of earnings. */
function postByKind(
  post: Post,
  allocations: readonly Allocation[],
  kindOf: KindOfLot,
  accountOfPurchased: string,
): void {
  const total = sumOfAllocations(allocations);
  const purchased = sumOfAllocations(
    allocations.filter(({ lotId }) => kindOf(lotId) === 'purchased'),
  );
  post(accountOfPurchased, purchased);
  post(PROMOTIONAL_USED, total - purchased);
}

import { type Allocation, type Money, sumOfAllocations, type Tokens } from '../shared/tokens.js';
import type { HoldSettled, TokenAccountEvent } from '../token-account/events.js';
import {
  BREAKAGE,
  CASH_CLEARING,
  CHARGE_BACKS,
  heldAccount,
  lotAccount,
  PROMOTIONAL_ISSUED,
  PROMOTIONAL_USED,
  REFUNDS,
  REVENUE,
} from './chart-of-accounts.js';
import {
  type BookedLot,
  worthOfCaptured,
  worthOfHeld,
  worthOfRefunded,
  worthOfTakenBack,
} from './lot-value.js';
import { assertBalanced, type Posting, UnbalancedEntry } from './posting.js';

/** Only a purchase or a grant says what a lot is; every later event names the lot alone. */
export type LotOf = (lotId: string) => BookedLot;

/**
 * The double entry of one fact of a token account; empty for facts that move no token. Money moves with
 * the tokens at the price of their lot.
 * @param lotOf lots as they were before the fact.
 * @throws UnbalancedEntry
 */
export function postingsOf(event: TokenAccountEvent, lotOf: LotOf): readonly Posting[] {
  const postings: Posting[] = [];
  post(event, lotOf, postings);
  assertBalanced(event.type, postings);
  return postings;
}

function post(event: TokenAccountEvent, lotOf: LotOf, postings: Posting[]): void {
  switch (event.type) {
    case 'TokensPurchased': {
      const { lotId, tokens, paid } = event.data;
      move(postings, lotId, tokens, paid, lotAccount('purchased', lotId), CASH_CLEARING);
      break;
    }
    case 'TokensGranted': {
      const { lotId, tokens } = event.data;
      move(postings, lotId, tokens, null, lotAccount('promotional', lotId), PROMOTIONAL_ISSUED);
      break;
    }
    case 'TokensHeld': {
      const { allocations, generationId, tokens } = event.data;
      const difference = sumOfAllocations(allocations) - tokens;
      if (difference !== 0n) throw new UnbalancedEntry(event.type, difference, 'tokens');
      for (const allocation of allocations) held(postings, generationId, allocation, lotOf);
      break;
    }
    case 'HoldSettled':
      settled(postings, event, lotOf);
      break;
    case 'HoldReleased': {
      const { generationId } = event.data;
      for (const part of event.data.released) released(postings, generationId, part, lotOf);
      break;
    }
    case 'TokensRefunded':
      for (const allocation of event.data.allocations) refunded(postings, allocation, lotOf);
      break;
    case 'LotExpired':
      takenOut(postings, event.data, BREAKAGE, lotOf);
      break;
    case 'ChargedBack':
      takenOut(postings, event.data, CHARGE_BACKS, lotOf);
      break;
    case 'PurchaseRefunded':
      takenOut(postings, event.data, CASH_CLEARING, lotOf);
      break;
    case 'AccountOpened':
    case 'AccountFrozen':
    case 'AccountUnfrozen':
    case 'BudgetSet':
    case 'BudgetShared':
    case 'BudgetCleared':
      break;
    default:
      event satisfies never;
  }
}

/** The debit comes first, then the credit. */
function move(
  postings: Posting[],
  lotId: string,
  tokens: Tokens,
  money: Money | null,
  credited: string,
  debited: string,
): void {
  line(postings, debited, lotId, tokens, money);
  line(postings, credited, lotId, -tokens, negated(money));
}

function line(
  postings: Posting[],
  account: string,
  lotId: string,
  tokens: Tokens,
  money: Money | null,
): void {
  if (tokens === 0n && (money === null || money.minorUnits === 0n)) return;
  postings.push({ account, lotId, tokens, money });
}

const negated = (money: Money | null) =>
  money === null ? null : { minorUnits: -money.minorUnits, currency: money.currency };

function worth({ paid }: BookedLot, minorUnits: bigint): Money | null {
  return paid === null ? null : { minorUnits, currency: paid.currency };
}

const accountOf = (lot: BookedLot) => lotAccount(lot.kind, lot.lotId);

function held(
  postings: Posting[],
  generationId: string,
  { lotId, tokens }: Allocation,
  lotOf: LotOf,
): void {
  const lot = lotOf(lotId);
  const money = worth(lot, worthOfHeld(lot, tokens));
  move(postings, lotId, tokens, money, heldAccount(generationId), accountOf(lot));
}

function released(
  postings: Posting[],
  generationId: string,
  { lotId, tokens }: Allocation,
  lotOf: LotOf,
): void {
  const lot = lotOf(lotId);
  const money = worth(lot, worthOfHeld(lot, tokens));
  move(postings, lotId, tokens, money, accountOf(lot), heldAccount(generationId));
}

/** The whole hold is dissolved: what was earned by its worth, and what is left goes back to the lot. */
function settled(postings: Posting[], { data }: HoldSettled, lotOf: LotOf): void {
  const account = heldAccount(data.generationId);
  const rest = new Map(data.released.map(({ lotId, tokens }) => [lotId, tokens]));
  for (const { lotId, tokens: captured } of data.captured) {
    const lot = lotOf(lotId);
    const returned = rest.get(lotId) ?? 0n;
    rest.delete(lotId);
    const reserved = worthOfHeld(lot, captured + returned);
    const earned = worthOfCaptured(lot, captured);
    const earnings = lot.kind === 'purchased' ? REVENUE : PROMOTIONAL_USED;
    line(postings, account, lotId, captured + returned, worth(lot, reserved));
    line(postings, earnings, lotId, -captured, worth(lot, -earned));
    line(postings, accountOf(lot), lotId, -returned, worth(lot, earned - reserved));
  }
  for (const [lotId, tokens] of rest) {
    released(postings, data.generationId, { lotId, tokens }, lotOf);
  }
}

function refunded(postings: Posting[], { lotId, tokens }: Allocation, lotOf: LotOf): void {
  const lot = lotOf(lotId);
  const earnings = lot.kind === 'purchased' ? REFUNDS : PROMOTIONAL_USED;
  const money = worth(lot, worthOfRefunded(lot, tokens));
  move(postings, lotId, tokens, money, accountOf(lot), earnings);
}

function takenOut(
  postings: Posting[],
  { lotId, tokens }: Allocation,
  credited: string,
  lotOf: LotOf,
): void {
  const lot = lotOf(lotId);
  move(
    postings,
    lotId,
    tokens,
    worth(lot, worthOfTakenBack(lot, tokens)),
    credited,
    accountOf(lot),
  );
}

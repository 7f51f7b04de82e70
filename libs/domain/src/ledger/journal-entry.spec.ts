import {
  accountOpened,
  allocationsOf,
  tokensGranted,
  tokensHeld,
  tokensPurchased,
} from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import type { TokenAccountEvent, TokensPurchased } from '../token-account/index.js';
import { AccountBook, UnbalancedEntry } from './index.js';

/** 7 tokens a cent, so that almost nothing is a whole number of cents: 70 tokens for 10 cents. */
const odd: TokensPurchased = {
  type: 'TokensPurchased',
  data: {
    ...tokensPurchased('odd', 70n).data,
    paid: { minorUnits: 10n, currency: 'EUR' },
  },
};

class Books {
  private readonly book = new AccountBook('t1');
  private revision = -1;

  enter(...events: readonly TokenAccountEvent[]) {
    let postings: readonly (readonly [string, string, number, string | null])[] = [];
    for (const event of events) {
      this.revision += 1;
      const clocks = {
        happenedAt: '2026-01-15T09:00:00.000Z',
        knownAt: '2026-01-15T09:00:00.004Z',
      };
      const fact = { tenantId: 't1', revision: this.revision, eventId: 'e', ...clocks, event };
      postings = this.book
        .enter(fact)
        .postings.map(({ account, lotId, tokens, money }) => [
          account,
          lotId,
          Number(tokens),
          money === null ? null : `${money.minorUnits} ${money.currency}`,
        ]);
    }
    return postings;
  }
}

const settled = (
  generationId: string,
  captured: Record<string, bigint>,
  released: Record<string, bigint> = {},
): TokenAccountEvent => ({
  type: 'HoldSettled',
  data: {
    generationId,
    captured: allocationsOf(captured),
    released: allocationsOf(released),
  },
});

const released = (generationId: string, lots: Record<string, bigint>): TokenAccountEvent => ({
  type: 'HoldReleased',
  data: { generationId, released: allocationsOf(lots), reason: 'failed' },
});

const refunded = (lots: Record<string, bigint>): TokenAccountEvent => ({
  type: 'TokensRefunded',
  data: {
    refundId: 'r1',
    generationId: 'g1',
    allocations: allocationsOf(lots),
    reason: 'a seam in the sky',
  },
});

const paid = tokensPurchased('paid', 50n);
const gift = tokensGranted('gift', 20n);

describe('each fact of a token account has its double entry, in tokens and in money', () => {
  test('tokens paid for are owed until they are earned', () => {
    expect(new Books().enter(paid)).toEqual([
      ['cash-clearing', 'paid', 50, '50 USD'],
      ['deferred-revenue:purchased:paid', 'paid', -50, '-50 USD'],
    ]);
  });

  test('granted tokens are owed too, but touch neither cash nor money', () => {
    expect(new Books().enter(gift)).toEqual([
      ['promotional-issued', 'gift', 20, null],
      ['promotional:gift', 'gift', -20, null],
    ]);
  });

  test('a hold moves tokens and what they are worth from each lot to the generation', () => {
    expect(
      new Books().enter(gift, paid, odd, tokensHeld('g1', { gift: 20n, paid: 50n, odd: 8n })),
    ).toEqual([
      ['promotional:gift', 'gift', 20, null],
      ['held:g1', 'gift', -20, null],
      ['deferred-revenue:purchased:paid', 'paid', 50, '50 USD'],
      ['held:g1', 'paid', -50, '-50 USD'],
      ['deferred-revenue:purchased:odd', 'odd', 8, '1 EUR'],
      ['held:g1', 'odd', -8, '-1 EUR'],
    ]);
  });

  test('a settle earns what was captured and gives the rest back to its lots', () => {
    const hold = tokensHeld('g1', { gift: 20n, paid: 40n });
    expect(
      new Books().enter(gift, paid, hold, settled('g1', { gift: 20n, paid: 30n }, { paid: 10n })),
    ).toEqual([
      ['held:g1', 'gift', 20, null],
      ['promotional-used', 'gift', -20, null],
      ['held:g1', 'paid', 40, '40 USD'],
      ['revenue', 'paid', -30, '-30 USD'],
      ['deferred-revenue:purchased:paid', 'paid', -10, '-10 USD'],
    ]);
  });

  test('a release undoes the hold', () => {
    const hold = tokensHeld('g1', { gift: 20n, odd: 8n });
    expect(new Books().enter(gift, odd, hold, released('g1', { gift: 20n, odd: 8n }))).toEqual([
      ['held:g1', 'gift', 20, null],
      ['promotional:gift', 'gift', -20, null],
      ['held:g1', 'odd', 8, '1 EUR'],
      ['deferred-revenue:purchased:odd', 'odd', -8, '-1 EUR'],
    ]);
  });

  test('a settle takes from the lot the minor unit that holds had rounded away', () => {
    const earlier = [tokensHeld('g0', { odd: 6n }), settled('g0', { odd: 6n })];
    const hold = tokensHeld('g1', { odd: 6n });
    expect(new Books().enter(odd, ...earlier, hold)).toEqual([
      ['deferred-revenue:purchased:odd', 'odd', 6, '0 EUR'],
      ['held:g1', 'odd', -6, '0 EUR'],
    ]);
    expect(new Books().enter(odd, ...earlier, hold, settled('g1', { odd: 6n }))).toEqual([
      ['held:g1', 'odd', 6, '0 EUR'],
      ['revenue', 'odd', -6, '-1 EUR'],
      ['deferred-revenue:purchased:odd', 'odd', 0, '1 EUR'],
    ]);
  });

  test('a refund is owed again, against refunds or against what was used of a grant', () => {
    const hold = tokensHeld('g1', { gift: 3n, odd: 14n });
    const history = [gift, odd, hold, settled('g1', { gift: 3n, odd: 14n })];
    expect(new Books().enter(...history, refunded({ odd: 10n, gift: 3n }))).toEqual([
      ['refunds', 'odd', 10, '2 EUR'],
      ['deferred-revenue:purchased:odd', 'odd', -10, '-2 EUR'],
      ['promotional-used', 'gift', 3, null],
      ['promotional:gift', 'gift', -3, null],
    ]);
  });

  test('a refund goes to the lot it came from, also after that was emptied', () => {
    const hold = tokensHeld('g1', { paid: 50n });
    const later = tokensPurchased('later', 30n);
    const history = [paid, hold, settled('g1', { paid: 50n }), later];
    expect(new Books().enter(...history, refunded({ paid: 10n }))).toEqual([
      ['refunds', 'paid', 10, '10 USD'],
      ['deferred-revenue:purchased:paid', 'paid', -10, '-10 USD'],
    ]);
  });

  test('an expired lot is breakage', () => {
    const expired: TokenAccountEvent = { type: 'LotExpired', data: { lotId: 'gift', tokens: 7n } };
    expect(new Books().enter(gift, expired)).toEqual([
      ['promotional:gift', 'gift', 7, null],
      ['breakage', 'gift', -7, null],
    ]);
  });

  test('a charge-back takes tokens and money out of the lot that was paid for', () => {
    const data = { chargeBackId: 'c1', lotId: 'odd', tokens: 69n, reason: 'disputed' };
    expect(new Books().enter(odd, { type: 'ChargedBack', data })).toEqual([
      ['deferred-revenue:purchased:odd', 'odd', 69, '10 EUR'],
      ['charge-backs', 'odd', -69, '-10 EUR'],
    ]);
  });

  test('a repaid purchase takes its money out of cash', () => {
    const data = { purchaseRefundId: 'p1', lotId: 'paid', tokens: 20n, reason: 'ordered twice' };
    expect(new Books().enter(paid, { type: 'PurchaseRefunded', data })).toEqual([
      ['deferred-revenue:purchased:paid', 'paid', 20, '20 USD'],
      ['cash-clearing', 'paid', -20, '-20 USD'],
    ]);
  });

  test.each<TokenAccountEvent>([
    accountOpened,
    { type: 'AccountFrozen', data: { reason: 'under review' } },
    { type: 'AccountUnfrozen', data: { reason: 'reviewed' } },
    { type: 'LotExpired', data: { lotId: 'gift', tokens: 0n } },
    tokensHeld('free', {}),
  ])('$type without tokens posts nothing', (event) => {
    expect(new Books().enter(gift, event)).toEqual([]);
  });
});

test('a lot earned token by token ends at exactly what was paid', () => {
  const books = new Books();
  books.enter(odd);
  let revenue = 0;
  for (let n = 0; n < 70; n += 1) {
    books.enter(tokensHeld(`g${n}`, { odd: 1n }));
    for (const [account, , , money] of books.enter(settled(`g${n}`, { odd: 1n }))) {
      if (account === 'revenue') revenue -= Number.parseInt(money!, 10);
    }
    expect(revenue).toBe(Math.floor(((n + 1) * 10) / 70));
  }
});

test('a hold whose lots do not add up to it is refused', () => {
  const { data } = tokensHeld('g1', { paid: 10n });
  const wrong: TokenAccountEvent = { type: 'TokensHeld', data: { ...data, tokens: 11n } };
  expect(() => new Books().enter(paid, wrong)).toThrow(UnbalancedEntry);
});

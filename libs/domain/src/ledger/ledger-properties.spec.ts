import { tokenAccountHistory } from '@imprest/testkit/arbitraries';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '../shared/index.js';
import { type TokenAccountEvent, tokenAccount } from '../token-account/index.js';
import {
  AccountBook,
  accountClass,
  accountClasses,
  type OpenLot,
  type Posting,
  recognised,
} from './index.js';

const histories = tokenAccountHistory('t1');
const clocks = { happenedAt: '2026-01-15T09:00:00.000Z', knownAt: '2026-01-15T09:00:00.000Z' };
const TAKEN_BACK = new Set(['ChargedBack', 'PurchaseRefunded']);

/** Tokens and money of postings that a filter lets through; money by currency, zeros left out. */
function sum(postings: readonly Posting[], filter: (posting: Posting) => boolean = () => true) {
  let tokens = 0n;
  const money = new Map<string, bigint>();
  for (const posting of postings.filter(filter)) {
    tokens += posting.tokens;
    if (posting.money === null) continue;
    const { currency, minorUnits } = posting.money;
    money.set(currency, (money.get(currency) ?? 0n) + minorUnits);
  }
  return { tokens, money: Object.fromEntries([...money].filter(([, amount]) => amount !== 0n)) };
}

const nothing = { tokens: 0n, money: {} };
const ofClass =
  (...classes: readonly string[]) =>
  ({ account }: Posting) =>
    classes.includes(accountClass(account));

function book(events: readonly TokenAccountEvent[]) {
  const account = new AccountBook('t1');
  const entries = events.map((event, revision) =>
    account.enter({ tenantId: 't1', revision, eventId: `e${revision}`, ...clocks, event }),
  );
  return { account, entries, postings: entries.flatMap(({ postings }) => postings) };
}

/** Checks every history, and for what changes with each fact every beginning of it. */
function always(check: (events: readonly TokenAccountEvent[]) => void): void {
  fc.assert(fc.property(histories, check));
}

test('every entry sums to zero in tokens and in every currency, and posts to the chart', () => {
  always((events) => {
    for (const { postings } of book(events).entries) {
      expect(sum(postings)).toEqual(nothing);
      for (const { account } of postings) expect(accountClasses).toContain(accountClass(account));
    }
  });
});

test('balances are what the account itself says is available and held', () => {
  always((events) => {
    const state = fold(tokenAccount, events);
    const { postings, account } = book(events);
    expect([account.available, account.held]).toEqual([state.available, state.held]);
    expect(-sum(postings, ofClass('deferred-revenue', 'promotional')).tokens).toBe(state.available);
    const holds = new Set(
      postings.filter(ofClass('held')).map((posting) => posting.account.slice('held:'.length)),
    );
    for (const generationId of holds) {
      const held = sum(postings, (posting) => posting.account === `held:${generationId}`);
      const open = state.holds.get(generationId);
      if (open === undefined) expect(held).toEqual(nothing);
      else expect(-held.tokens).toBe(open.tokens);
    }
  });
});

test('what nobody paid for has no money, and never reaches cash, revenue, refunds or charge-backs', () => {
  always((events) => {
    const { postings, account } = book(events);
    for (const { lotId, money, account: name } of postings) {
      const { paid } = account.lots.get(lotId)!;
      expect(money?.currency).toBe(paid?.currency);
      const isPaidFor = ofClass(
        ...['cash-clearing', 'deferred-revenue', 'revenue', 'refunds', 'charge-backs'],
      );
      if (!name.startsWith('held:')) {
        expect(isPaidFor({ account: name } as Posting)).toBe(paid !== null);
      }
    }
  });
});

test('of every lot, what came in is somewhere', () => {
  always((events) => {
    const state = fold(tokenAccount, events);
    const { lots } = book(events).account;
    expect(lots.size).toBe(state.lots.size);
    for (const lot of state.lots.values()) {
      const { available, held, captured, refunded, expired, chargedBack, repaid } = lots.get(
        lot.lotId,
      )!;
      expect([available, chargedBack, repaid]).toEqual([
        lot.available,
        lot.chargedBack,
        lot.repaid,
      ]);
      expect(available + held + captured - refunded + expired + chargedBack + repaid).toBe(
        lot.tokens,
      );
      expect(held >= 0n && refunded <= captured && expired >= 0n && repaid >= 0n).toBe(true);
    }
  });
});

const share = (count: bigint, { tokens, paid }: OpenLot) => (paid!.minorUnits * count) / tokens;

test('revenue of a lot is its share of what was paid, rounded down, after every single fact', () => {
  always((events) => {
    const account = new AccountBook('t1');
    const earned = new Map<string, bigint>();
    for (const [revision, event] of events.entries()) {
      const fact = { tenantId: 't1', revision, eventId: 'e', ...clocks, event };
      for (const posting of account.enter(fact).postings.filter(ofClass('revenue', 'refunds'))) {
        const before = earned.get(posting.lotId) ?? 0n;
        earned.set(posting.lotId, before - (posting.money?.minorUnits ?? 0n));
      }
      for (const lot of account.lots.values()) {
        if (lot.paid === null) continue;
        const expected = share(lot.captured - lot.refunded, lot);
        expect(earned.get(lot.lotId) ?? 0n).toBe(expected);
        expect(recognised(lot)).toBe(expected);
      }
    }
  });
});

test('a lot that is used up has given away exactly what was paid for it', () => {
  always((events) => {
    const { account, postings, entries } = book(events);
    for (const lot of account.lots.values()) {
      if (lot.paid === null) continue;
      const own = ({ lotId }: Posting) => lotId === lot.lotId;
      const owed = postings.filter(own).filter(ofClass('deferred-revenue', 'held'));
      const takenBack = entries
        .filter(({ type }) => TAKEN_BACK.has(type))
        .flatMap((entry) => entry.postings.filter(own).filter(ofClass('deferred-revenue')));
      const paid = lot.paid.minorUnits;
      const { currency } = lot.paid;
      const gone = sum(takenBack).money[currency] ?? 0n;
      expect(gone).toBe(paid - share(lot.tokens - lot.chargedBack - lot.repaid, lot));
      const deferred = -(sum(owed).money[currency] ?? 0n);
      expect(deferred).toBe(paid - recognised(lot) - gone);
      if (lot.available === 0n && lot.held === 0n) expect(deferred).toBe(0n);
      if (lot.available >= 0n) expect(deferred >= 0n).toBe(true);
    }
  });
});

test('what is held is worth no more than is deferred, and never less than nothing', () => {
  always((events) => {
    const { account, postings } = book(events);
    for (const lot of account.lots.values()) {
      if (lot.paid === null || lot.available < 0n) continue;
      const own = postings.filter(({ lotId }) => lotId === lot.lotId);
      const { currency } = lot.paid;
      const held = -(sum(own, ofClass('held')).money[currency] ?? 0n);
      const deferred = -(sum(own, ofClass('deferred-revenue')).money[currency] ?? 0n);
      expect(held >= 0n && deferred >= 0n).toBe(true);
    }
  });
});

import { tokenAccountHistory } from '@imprest/testkit/arbitraries';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '../shared/index.js';
import { type TokenAccountEvent, tokenAccount } from '../token-account/index.js';
import {
  accountClass,
  accountClasses,
  journalEntry,
  type LotKind,
  type LotPortions,
  lotMovements,
} from './index.js';

const histories = tokenAccountHistory('t1');

function book(events: readonly TokenAccountEvent[]) {
  const kinds = new Map<string, LotKind>();
  const balances = new Map<string, bigint>();
  const entries = events.map((event) => {
    if (event.type === 'TokensPurchased') kinds.set(event.data.lotId, 'purchased');
    if (event.type === 'TokensGranted') kinds.set(event.data.lotId, 'promotional');
    const entry = journalEntry(event, (lotId) => kinds.get(lotId)!);
    for (const { account, tokens } of entry) {
      balances.set(account, (balances.get(account) ?? 0n) + tokens);
    }
    return entry;
  });
  const ofClass = (...classes: readonly string[]) =>
    [...balances].reduce(
      (sum, [account, tokens]) => (classes.includes(accountClass(account)) ? sum + tokens : sum),
      0n,
    );
  return { kinds, balances, entries, ofClass };
}

function portions(events: readonly TokenAccountEvent[]): Map<string, LotPortions> {
  const lots = new Map<string, Record<keyof LotPortions, bigint>>();
  for (const { lotId, ...movement } of events.flatMap(lotMovements)) {
    const lot = lots.get(lotId);
    if (lot === undefined) lots.set(lotId, { ...movement });
    else for (const key of keysOf(movement)) lot[key] += movement[key];
  }
  return lots;
}

const keysOf = (value: LotPortions) => Object.keys(value) as (keyof LotPortions)[];

test('every entry sums to zero and posts to an account of the chart', () => {
  fc.assert(
    fc.property(histories, (events) => {
      for (const entry of book(events).entries) {
        expect(entry.reduce((sum, { tokens }) => sum + tokens, 0n)).toBe(0n);
        for (const { account } of entry) expect(accountClasses).toContain(accountClass(account));
      }
    }),
  );
});

test('balances are what the account itself says is available and held', () => {
  fc.assert(
    fc.property(histories, (events) => {
      const state = fold(tokenAccount, events);
      const { ofClass, balances } = book(events);
      expect(-ofClass('deferred-revenue', 'promotional')).toBe(state.available);
      expect(-ofClass('held')).toBe(state.held);
      for (const [generationId, { tokens }] of state.holds) {
        expect(-(balances.get(`held:${generationId}`) ?? 0n)).toBe(tokens);
      }
      const leftOver = [...balances].filter(
        ([account, tokens]) =>
          accountClass(account) === 'held' &&
          tokens !== 0n &&
          !state.holds.has(account.slice('held:'.length)),
      );
      expect(leftOver).toEqual([]);
    }),
  );
});

test('tokens nobody paid for never reach cash, revenue, refunds or charge-backs', () => {
  fc.assert(
    fc.property(histories, (events) => {
      const { ofClass, kinds } = book(events);
      const held = { purchased: 0n, promotional: 0n };
      for (const [lotId, lot] of portions(events)) held[kinds.get(lotId)!] += lot.held;
      const paid = ofClass(
        'cash-clearing',
        'deferred-revenue',
        'revenue',
        'refunds',
        'charge-backs',
      );
      expect(paid).toBe(held.purchased);
      const granted = ofClass('promotional-issued', 'promotional', 'promotional-used', 'breakage');
      expect(granted).toBe(held.promotional);
    }),
  );
});

test('of every lot, what came in is somewhere', () => {
  fc.assert(
    fc.property(histories, (events) => {
      const state = fold(tokenAccount, events);
      const lots = portions(events);
      expect(lots.size).toBe(state.lots.size);
      for (const lot of state.lots.values()) {
        const { available, held, captured, refunded, expired, chargedBack } = lots.get(lot.lotId)!;
        expect(available).toBe(lot.available);
        expect(chargedBack).toBe(lot.chargedBack);
        expect(available + held + captured - refunded + expired + chargedBack).toBe(lot.tokens);
        expect(held >= 0n && refunded <= captured && expired >= 0n).toBe(true);
      }
    }),
  );
});

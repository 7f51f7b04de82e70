import {
  accountOpened,
  allocationsOf,
  tokensGranted,
  tokensHeld,
  tokensPurchased,
} from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import type { TokenAccountEvent } from '../token-account/index.js';
import { journalEntry, type LotKind, UnbalancedEntry } from './index.js';

const kinds: Readonly<Record<string, LotKind>> = { gift: 'promotional', paid: 'purchased' };
const kindOf = (lotId: string): LotKind => kinds[lotId]!;
const entry = (event: TokenAccountEvent) =>
  Object.fromEntries(
    journalEntry(event, kindOf).map(({ account, tokens }) => [account, Number(tokens)]),
  );

const settled = (
  captured: Record<string, bigint>,
  released: Record<string, bigint>,
): TokenAccountEvent => ({
  type: 'HoldSettled',
  data: {
    generationId: 'g1',
    captured: allocationsOf(captured),
    released: allocationsOf(released),
  },
});

describe('each fact of a token account has its double entry', () => {
  test('tokens paid for are owed until they are earned', () => {
    expect(entry(tokensPurchased('paid', 50n))).toEqual({
      'cash-clearing': 50,
      'deferred-revenue:purchased:paid': -50,
    });
  });

  test('granted tokens are owed too, but touch no cash', () => {
    expect(entry(tokensGranted('gift', 20n))).toEqual({
      'promotional-issued': 20,
      'promotional:gift': -20,
    });
  });

  test('a hold moves tokens from their lots to the generation', () => {
    expect(entry(tokensHeld('g1', { gift: 20n, paid: 10n }))).toEqual({
      'promotional:gift': 20,
      'deferred-revenue:purchased:paid': 10,
      'held:g1': -30,
    });
  });

  test('a settle earns what was captured and gives the rest back to its lots', () => {
    expect(entry(settled({ paid: 30n }, { paid: 10n }))).toEqual({
      'held:g1': 40,
      revenue: -30,
      'deferred-revenue:purchased:paid': -10,
    });
  });

  test('captured tokens that nobody paid for are no revenue', () => {
    expect(entry(settled({ gift: 20n, paid: 5n }, {}))).toEqual({
      'held:g1': 25,
      revenue: -5,
      'promotional-used': -20,
    });
  });

  test('a release undoes the hold', () => {
    const released = allocationsOf({ gift: 20n, paid: 10n });
    const event = {
      type: 'HoldReleased',
      data: { generationId: 'g1', released, reason: 'failed' },
    };
    expect(entry(event as TokenAccountEvent)).toEqual({
      'held:g1': 30,
      'promotional:gift': -20,
      'deferred-revenue:purchased:paid': -10,
    });
  });

  test('a refund is owed again, against refunds or against what was used of a grant', () => {
    const allocations = allocationsOf({ paid: 10n, gift: 3n });
    const data = { refundId: 'r1', generationId: 'g1', allocations, reason: 'a seam in the sky' };
    expect(entry({ type: 'TokensRefunded', data })).toEqual({
      refunds: 10,
      'promotional-used': 3,
      'deferred-revenue:purchased:paid': -10,
      'promotional:gift': -3,
    });
  });

  test('an expired lot is breakage', () => {
    expect(entry({ type: 'LotExpired', data: { lotId: 'gift', tokens: 7n } })).toEqual({
      'promotional:gift': 7,
      breakage: -7,
    });
  });

  test('a charge-back takes tokens out of the lot that was paid for with the money', () => {
    const data = { chargeBackId: 'c1', lotId: 'paid', tokens: 50n, reason: 'disputed' };
    expect(entry({ type: 'ChargedBack', data })).toEqual({
      'deferred-revenue:purchased:paid': 50,
      'charge-backs': -50,
    });
  });

  test.each<TokenAccountEvent>([
    accountOpened,
    { type: 'AccountFrozen', data: { reason: 'under review' } },
    { type: 'AccountUnfrozen', data: { reason: 'reviewed' } },
    { type: 'LotExpired', data: { lotId: 'gift', tokens: 0n } },
    tokensHeld('free', {}),
  ])('$type without tokens posts nothing', (event) => {
    expect(journalEntry(event, kindOf)).toEqual([]);
  });
});

test('a hold whose lots do not add up to it is refused', () => {
  const { data } = tokensHeld('g1', { paid: 10n });
  const wrong: TokenAccountEvent = { type: 'TokensHeld', data: { ...data, tokens: 11n } };
  expect(() => journalEntry(wrong, kindOf)).toThrow(UnbalancedEntry);
});

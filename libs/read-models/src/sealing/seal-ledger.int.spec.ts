import { newSealKeyPem, type SealKey, sealKeyFromPem } from '@imprest/ledger-seal';
import { fixedClock } from '@imprest/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { context, histories, SealedLedger } from '../../../../test/support/sealed-ledger.js';
import { LedgerNotIntact, LedgerSealing, rotateSealKey } from './index.js';

describe('sealing', () => {
  test('a ledger that was changed is not sealed', async () => {
    const ledger = await SealedLedger.open();
    try {
      await ledger.play(histories(1, 10));
      await ledger.sql.query(
        "update ledger.entries set happened_at = happened_at + interval '1 s' where position = 2",
      );
      await expect(ledger.seal()).rejects.toThrow(LedgerNotIntact);
    } finally {
      await ledger.close();
    }
  });

  test('another key signs from a rotation on, and the first one vouches for it', async () => {
    const ledger = await SealedLedger.open();
    try {
      await ledger.play(histories(2, 10));
      await ledger.seal();
      const next = sealKeyFromPem(newSealKeyPem());
      const { runner, clock, key } = ledger;
      await rotateSealKey(
        { runner, clock },
        { key: next, previous: key, reason: 'yearly', context },
      );
      await expect(ledger.seal()).rejects.toThrow('rotate the key first');
      Object.assign(ledger, { key: next });
      expect(await ledger.seal()).toMatchObject({ number: 2, keyId: next.keyId });
      for (const trusted of [key, next]) {
        expect(await ledger.verify({ trusted })).toMatchObject({
          findingsCount: 0,
          vouchedUpTo: 2,
        });
      }
    } finally {
      await ledger.close();
    }
  });
});

describe('sealing by the day', () => {
  let ledger: SealedLedger;
  beforeAll(async () => {
    ledger = await SealedLedger.open();
    await ledger.play(histories(3, 10));
  });
  afterAll(() => ledger.close());

  function sealing(now: string, key: () => SealKey | undefined = () => ledger.key) {
    const clock = fixedClock(now);
    const { store, runner, database } = ledger;
    const connectionString = database.url;
    return new LedgerSealing({ eventStore: store, runner, clock, connectionString, key });
  }

  test('a day is sealed once, and not before it is over for good', async () => {
    const head = await ledger.store.head();
    expect(await sealing('2040-03-01T00:01:59.999Z').sealDay()).toBeUndefined();
    expect(await sealing('2040-03-01T00:02:00.000Z').sealDay()).toMatchObject({
      // The first seal covers the introduction of its own key too.
      ...{ number: 1, upTo: `${head + 1n}`, knownBefore: '2040-03-01T00:00:00.000Z' },
    });
    expect(await sealing('2040-03-01T23:00:00.000Z').sealDay()).toBeUndefined();
  });

  test('a day on which nothing happened seals the seal before it', async () => {
    const seal = await sealing('2040-03-02T00:02:00.000Z').sealDay();
    expect(seal).toMatchObject({ number: 2, previous: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(seal?.events).toBe(1);
  });

  test('what was known later than the day is left for the next one', async () => {
    expect(await sealing('2020-03-02T00:02:00.000Z').sealDay()).toBeUndefined();
  });

  test('a position is covered by the first seal beyond it, made when there is none yet', async () => {
    const seals = sealing('2040-03-02T12:00:00.000Z');
    expect(await seals.covering(1n)).toMatchObject({ number: 1 });
    const head = await ledger.store.head();
    expect(await seals.covering(head)).toMatchObject({ number: 3, upTo: head.toString() });
  });

  test('whoever has not the key of the seals makes none', async () => {
    const head = await ledger.store.head();
    const without = sealing('2040-03-05T12:00:00.000Z', () => undefined);
    expect(await without.covering(head)).toBeNull();
    expect(await without.sealDay()).toBeUndefined();
    const other = sealKeyFromPem(newSealKeyPem());
    expect(await sealing('2040-03-05T12:00:00.000Z', () => other).covering(head)).toBeNull();
  });
});

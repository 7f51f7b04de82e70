import { newSealKeyPem, sealKeyFromPem } from '@imprest/ledger-seal';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SealedLedger, sealedLedger } from '../../../../test/support/sealed-ledger.js';

describe('a sealed ledger', () => {
  let ledger: SealedLedger;
  beforeAll(async () => {
    ledger = await sealedLedger(80);
  });
  afterAll(() => ledger.close());

  test('is verified from the first event to the last', async () => {
    const verified = await ledger.verify({ trusted: ledger.key });
    expect(verified.findings).toEqual([]);
    expect(verified).toMatchObject({ accounts: 3, seals: 2, vouchedUpTo: 2, notBooked: 0 });
    expect(verified.entries).toBeGreaterThan(60);
    expect(verified.events).toBeGreaterThan(verified.entries);
    expect(verified.upTo).toBe(await ledger.store.head());
    expect(verified.sealedUpTo).toBeLessThan(verified.upTo);
  });

  test('a foreign key vouches for none of its seals', async () => {
    const trusted = sealKeyFromPem(newSealKeyPem());
    expect(await ledger.verify({ trusted })).toMatchObject({ vouchedUpTo: 0, findingsCount: 0 });
  });
});

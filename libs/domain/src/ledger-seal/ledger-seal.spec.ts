import { exampleEvent, given } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { ledgerSeal } from './index.js';

const firstKey = exampleEvent('SealKeyIntroduced');
const firstSeal = exampleEvent('LedgerSealed');
const hash = 'ab'.repeat(32);

const introduce = { type: 'IntroduceSealKey', ...firstKey.data } as const;
const rotate = {
  ...introduce,
  ...{ keyId: 'f'.repeat(32), previousKeyId: firstKey.data.keyId, endorsement: 'c2lnbmVk' },
  reason: 'yearly rotation',
} as const;
const seal = { type: 'SealLedger', ...firstSeal.data } as const;
const second = {
  ...seal,
  ...{ number: 2, after: '4711', upTo: '5000', previous: seal.digest, digest: hash },
} as const;
const { type: _, ...secondData } = second;

describe('IntroduceSealKey', () => {
  test('the first key needs nobody to endorse it', () => {
    given(ledgerSeal).when(introduce).then(firstKey);
    given(ledgerSeal)
      .when({ ...introduce, endorsement: 'c2lnbmVk' })
      .thenRejected('validation_error', 'endorsement');
  });

  test('the key in use introduced again changes nothing', () => {
    given(ledgerSeal, firstKey).when(introduce).thenNothingHappened();
  });

  test('another key takes over from the one in use', () => {
    given(ledgerSeal, firstKey)
      .when(rotate)
      .thenState((state) => expect(state.keyId).toBe(rotate.keyId));
    given(ledgerSeal, firstKey)
      .when({ ...rotate, previousKeyId: 'e'.repeat(32) })
      .thenRejected('conflict');
  });

  test('a replaced key never comes back', () => {
    const { type, ...data } = rotate;
    given(ledgerSeal, firstKey, { type: 'SealKeyIntroduced', data })
      .when({ ...introduce, previousKeyId: rotate.keyId })
      .thenRejected('conflict');
  });

  test('nobody introduces a key without saying why and when', () => {
    given(ledgerSeal)
      .when({ ...introduce, reason: ' ' })
      .thenRejected('validation_error', 'reason');
    given(ledgerSeal)
      .when({ ...introduce, introducedAt: '2026-01-15' })
      .thenRejected('validation_error', 'introducedAt');
  });
});

describe('SealLedger', () => {
  test('seals with the key in use', () => {
    given(ledgerSeal, firstKey).when(seal).then(firstSeal);
    given(ledgerSeal).when(seal).thenRejected('conflict');
    given(ledgerSeal, firstKey)
      .when({ ...seal, keyId: rotate.keyId })
      .thenRejected('conflict');
  });

  test('repeated, nothing happens', () => {
    given(ledgerSeal, firstKey, firstSeal).when(seal).thenNothingHappened();
  });

  test('begins where the last seal ended and names it', () => {
    given(ledgerSeal, firstKey, firstSeal)
      .when(second)
      .then({ type: 'LedgerSealed', data: secondData });
    for (const wrong of [
      { number: 3 },
      { after: '4710' },
      { previous: hash },
      { previous: null },
    ]) {
      given(ledgerSeal, firstKey, firstSeal)
        .when({ ...second, ...wrong })
        .thenRejected('conflict');
    }
  });

  test('a seal over nothing is refused', () => {
    given(ledgerSeal, firstKey, firstSeal)
      .when({ ...second, upTo: '4711' })
      .thenRejected('validation_error', 'upTo');
    given(ledgerSeal, firstKey, firstSeal)
      .when({ ...second, events: 0 })
      .thenRejected('validation_error', 'upTo');
  });

  test.each([
    ['root', 'AB'.repeat(32)],
    ['accountsRoot', 'ab'],
    ['digest', ''],
    ['after', '00'],
    ['upTo', '-1'],
    ['sealedAt', 'yesterday'],
    ['knownBefore', '2026-01-16T00:00:00Z'],
  ])('a malformed %s is refused', (field, value) => {
    given(ledgerSeal, firstKey, firstSeal)
      .when({ ...second, [field]: value })
      .thenRejected('validation_error', field);
  });
});

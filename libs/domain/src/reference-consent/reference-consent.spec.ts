import { given } from '@imprest/testkit/domain';
import { describe, expect, test } from 'vitest';
import { fold } from '../shared/decider.js';
import { consentStanding, type ReferenceConsentEvent, referenceConsent } from './index.js';

const now = '2026-11-20T12:00:00.000Z';
const later = '2027-01-01T00:00:00.000Z';
const data = {
  tenantId: 'ten_1',
  consentId: 'cns_1',
  basis: 'signed_document',
  grantedAt: '2026-11-01T00:00:00.000Z',
  expiresAt: later,
  fingerprint: 'abc',
  confidential: 'v1.YWRh',
  dataKeyId: 'key_1',
} as const;
const recorded = (more: object = {}) =>
  ({ type: 'ReferenceConsentRecorded', data: { ...data, ...more } }) as const;
const withdrawn = (...dataKeyIds: string[]) =>
  ({
    type: 'ReferenceConsentWithdrawn',
    data: { consentId: 'cns_1', reason: 'asked to', dataKeyIds },
  }) as const;
const erased = (...dataKeyIds: string[]) =>
  ({ type: 'ReferenceConsentTextErased', data: { reason: 'erased', dataKeyIds } }) as const;

const record = (more: object = {}, at = now) =>
  ({ type: 'RecordConsent', consent: { ...data, ...more }, now: at }) as const;
const withdraw = (imageKeyId: string | null = 'key_image') =>
  ({ type: 'WithdrawConsent', reason: 'asked to', imageKeyId }) as const;
const erase = { type: 'EraseConsentText', reason: 'erased' } as const;
const another = { consentId: 'cns_2', fingerprint: 'def', dataKeyId: 'key_2', expiresAt: null };

describe('the consent for a reference', () => {
  test('is recorded once, however often the same is said, and not replaced by another', () => {
    given(referenceConsent).when(record()).then(recorded());
    given(referenceConsent, recorded()).when(record()).thenNothingHappened();
    given(referenceConsent, recorded()).when(record(another)).thenRejected('conflict');
  });

  test('was given in the past and holds for some time yet', () => {
    given(referenceConsent)
      .when(record({ grantedAt: later }))
      .thenRejected('validation_error');
    given(referenceConsent)
      .when(record({ expiresAt: now }))
      .thenRejected('validation_error');
    given(referenceConsent)
      .when(record({ expiresAt: null }))
      .then(recorded({ expiresAt: null }));
  });

  test('is followed by another once it has expired or was withdrawn', () => {
    given(referenceConsent, recorded()).when(record(another, later)).then(recorded(another));
    given(referenceConsent, recorded(), withdrawn('key_1'))
      .when(record(another))
      .then(recorded(another));
  });

  test('takes the keys of image and texts with it when it is withdrawn, once', () => {
    given(referenceConsent, recorded()).when(withdraw()).then(withdrawn('key_1', 'key_image'));
    given(referenceConsent, recorded()).when(withdraw(null)).then(withdrawn('key_1'));
    given(referenceConsent, recorded(), withdrawn('key_1')).when(withdraw()).thenNothingHappened();
    given(referenceConsent).when(withdraw()).thenRejected('not_found');
  });

  test('stays known without its texts when the image is erased, and can be recorded anew', () => {
    const past = recorded({ expiresAt: '2026-11-10T00:00:00.000Z' });
    given(referenceConsent, past, recorded(another)).when(erase).then(erased('key_1', 'key_2'));
    given(referenceConsent, recorded(), erased('key_1')).when(erase).thenNothingHappened();
    given(referenceConsent, recorded(), erased('key_1')).when(record()).then(recorded());
    given(referenceConsent, recorded(), erased('key_1')).when(withdraw(null)).then(withdrawn());
    given(referenceConsent).when(erase).thenNothingHappened();
  });

  test.each<[string, string, ReferenceConsentEvent[]]>([
    ['none', now, []],
    ['in_force', now, [recorded()]],
    ['expired', later, [recorded()]],
    ['in_force', later, [recorded({ expiresAt: null })]],
    ['withdrawn', later, [recorded(), withdrawn()]],
    ['in_force', now, [recorded(), erased('key_1')]],
    ['expired', later, [recorded(), erased('key_1')]],
    ['in_force', now, [recorded(), withdrawn(), recorded(another)]],
  ])('is %s at %s', (standing, at, events) => {
    expect(consentStanding(fold(referenceConsent, events), at)).toBe(standing);
  });
});

import { type EventOf, firstVersion } from '../event-definition.js';
import { list, nullable, object, oneOf, string, timestamp } from '../schema.js';

const category = 'referenceConsent';

export const referenceConsentEvents = {
  ReferenceConsentRecorded: firstVersion(
    category,
    object<EventOf<'ReferenceConsentRecorded'>['data']>({
      tenantId: string(),
      consentId: string(),
      basis: oneOf('statement', 'signed_document'),
      grantedAt: timestamp(),
      expiresAt: nullable(timestamp()),
      fingerprint: string(),
      confidential: string(),
      dataKeyId: string(),
    }),
  ),
  ReferenceConsentWithdrawn: firstVersion(
    category,
    object<EventOf<'ReferenceConsentWithdrawn'>['data']>({
      consentId: string(),
      reason: string(),
      dataKeyIds: list(string()),
    }),
  ),
  ReferenceConsentTextErased: firstVersion(
    category,
    object<EventOf<'ReferenceConsentTextErased'>['data']>({
      reason: string(),
      dataKeyIds: list(string()),
    }),
  ),
};

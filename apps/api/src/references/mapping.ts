import type { NewConsent, ReferenceView } from '@imprest/application';
import { DomainFailure } from '@imprest/application';
import { validationError } from '@imprest/domain';
import { time } from '../http/page-limit.js';
import type { ConsentBody } from './requests.js';

/** @throws DomainFailure validation_error */
export function consentOf({ grantedAt, expiresAt, ...text }: ConsentBody): NewConsent {
  const granted = time('grantedAt', grantedAt);
  if (granted === undefined) throw new DomainFailure(validationError('grantedAt', 'is required'));
  const expires = time('expiresAt', expiresAt);
  return {
    ...text,
    grantedAt: granted.toISOString(),
    expiresAt: expires?.toISOString() ?? null,
  };
}

export function referenceAnswer({ id, image, consent }: ReferenceView) {
  const { mediaType = null, bytes = null } = image ?? {};
  return { id, mediaType, bytes, consent: consent === undefined ? null : consentAnswer(consent) };
}

function consentAnswer(consent: NonNullable<ReferenceView['consent']>) {
  const { id, standing: state, basis, grantedAt, expiresAt, text } = consent;
  const { person = null, statement = null, document = null } = text ?? {};
  return { id, state, basis, grantedAt, expiresAt, person, statement, document };
}

import type { ConsentBasis } from '@imprest/domain';
import { sealText, unsealText } from '../confidential/index.js';
import { keyedFingerprint } from '../keyed-fingerprint.js';
import type { DataKey, DataKeys } from '../ports/data-keys.js';
import type { Secrets } from '../secrets.js';

/** What is personal about a consent. It leaves the process sealed only. */
export interface ConsentText {
  /** Name of the person whom the image shows. */
  readonly person: string;
  /** What the person has agreed to. */
  readonly statement: string;
  /** Where the signed document is. */
  readonly document?: string;
}

/** A consent in the words of whoever records it. Times are ISO 8601 with milliseconds, in UTC. */
export interface NewConsent extends ConsentText {
  readonly grantedAt: string;
  readonly expiresAt: string | null;
}

interface SealedConsent {
  readonly consentId: string;
  readonly confidential: string;
  readonly dataKeyId: string;
}

export const basisOf = ({ document }: ConsentText): ConsentBasis =>
  document === undefined ? 'statement' : 'signed_document';

export function consentFingerprint(
  secrets: Pick<Secrets, 'pseudonymPepper'>,
  referenceId: string,
  { person, statement, document, grantedAt, expiresAt }: NewConsent,
): string {
  const meaning = [referenceId, person, statement, document ?? null, grantedAt, expiresAt];
  return keyedFingerprint(secrets, meaning);
}

export function sealConsent(consentId: string, consent: ConsentText, key: DataKey): string {
  const { person, statement, document } = consent;
  return sealText(key, JSON.stringify({ person, statement, document }), consentId);
}

/** Undefined when its key was destroyed. */
export async function openConsent(
  dataKeys: DataKeys,
  { consentId, confidential, dataKeyId }: SealedConsent,
): Promise<ConsentText | undefined> {
  const key = (await dataKeys.open([dataKeyId])).get(dataKeyId);
  return key && JSON.parse(unsealText(key, confidential, consentId));
}

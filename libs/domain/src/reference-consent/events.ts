import type { DomainFact } from '../shared/decider.js';

/** What a consent rests on: the tenant's word, or a document that the person has signed. */
export type ConsentBasis = 'statement' | 'signed_document';

/** The person whom a reference image shows has agreed to its use, says the tenant. */
export type ReferenceConsentRecorded = DomainFact<
  'ReferenceConsentRecorded',
  {
    readonly tenantId: string;
    readonly consentId: string;
    readonly basis: ConsentBasis;
    /** When the person agreed. */
    readonly grantedAt: string;
    /** Null when the consent holds until it is withdrawn. */
    readonly expiresAt: string | null;
    /** Keyed hash of what was recorded: tells a repeat from another consent. */
    readonly fingerprint: string;
    /** Name, statement and where the document is, as JSON, sealed with the data key. */
    readonly confidential: string;
    readonly dataKeyId: string;
  }
>;

/** From now on the reference is refused. Its image and the texts of its consents are gone for good with these keys. */
export type ReferenceConsentWithdrawn = DomainFact<
  'ReferenceConsentWithdrawn',
  {
    readonly consentId: string;
    readonly reason: string;
    /** Keys of the texts, and of the image when there was one still. */
    readonly dataKeyIds: readonly string[];
  }
>;

/** The image was erased, and the personal texts with it: that there was consent, and until when, stays known. */
export type ReferenceConsentTextErased = DomainFact<
  'ReferenceConsentTextErased',
  { readonly reason: string; readonly dataKeyIds: readonly string[] }
>;

export type ReferenceConsentEvent =
  | ReferenceConsentRecorded
  | ReferenceConsentWithdrawn
  | ReferenceConsentTextErased;

import type { EndpointScheme } from '@imprest/domain';
import { UNCENSORED_DIALECT } from '@imprest/generation-records';
import { signStandardWebhooks } from './standard-webhooks.js';
import { signXavira } from './xavira.js';
import { signXmode } from './xmode.js';

/** The key says which of the signatures of Standard Webhooks it makes. */
export type SignatureScheme = Exclude<EndpointScheme, 'standard-ed25519'>;

/** Receivers who know another dialect have no use for the native scheme. */
const schemesOfDialects: Readonly<Record<string, readonly SignatureScheme[]>> = {
  [UNCENSORED_DIALECT]: ['standard'],
};

/** How a message is signed: natively in both schemes, elsewhere as the dialect of its generation has it. */
export function schemesOf(dialect: string): readonly SignatureScheme[] {
  return schemesOfDialects[dialect] ?? ['xmode', 'standard'];
}

export function schemesOfEndpoint(scheme: EndpointScheme): readonly SignatureScheme[] {
  return [scheme === 'standard-ed25519' ? 'standard' : scheme];
}

export interface SignedDelivery {
  readonly schemes: readonly SignatureScheme[];
  /** The same for every attempt: receivers drop duplicates by it. */
  readonly messageId: string;
  /** Unix seconds of this attempt: receivers refuse old ones, so every attempt is signed anew. */
  readonly timestamp: number;
  /** The exact bytes that are sent. */
  readonly body: Uint8Array;
  /** `whsec_<base64>` or `whsk_<base64>`, newest first; more than one while a rotation lasts. */
  readonly secrets: readonly string[];
}

/**
 * All signature headers of one attempt, in each scheme: a receiver checks the one it knows.
 * @throws RangeError when nothing could be signed
 */
export function signatureHeaders(delivery: SignedDelivery): Record<string, string> {
  const { schemes, messageId, timestamp, body, secrets } = delivery;
  if (secrets.length === 0) throw new RangeError('a delivery is signed with at least one secret');
  if (!Number.isSafeInteger(timestamp) || timestamp <= 0) {
    throw new RangeError('a delivery is signed with a timestamp in whole Unix seconds');
  }
  return {
    ...(schemes.includes('xmode') && signXmode(secrets, timestamp, body)),
    ...(schemes.includes('standard') && signStandardWebhooks(secrets, messageId, timestamp, body)),
    ...(schemes.includes('xavira') && signXavira(secrets, messageId, timestamp, body)),
  };
}

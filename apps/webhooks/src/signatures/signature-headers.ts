import { UNCENSORED_DIALECT } from '@imprest/generation-records';
import { signStandardWebhooks } from './standard-webhooks.js';
import { signXavira } from './xavira.js';
import { signXmode } from './xmode.js';

export type SignatureScheme = 'xmode' | 'standard-webhooks' | 'xavira';

/** Receivers who know another dialect have no use for the native scheme. */
const schemesOfDialects: Readonly<Record<string, readonly SignatureScheme[]>> = {
  [UNCENSORED_DIALECT]: ['standard-webhooks'],
};

/** How a message is signed: natively in both schemes, elsewhere as the dialect of its generation has it. */
export function schemesOf(dialect: string): readonly SignatureScheme[] {
  return schemesOfDialects[dialect] ?? ['xmode', 'standard-webhooks'];
}

export interface SignedDelivery {
  readonly schemes: readonly SignatureScheme[];
  /** The same for every attempt: receivers drop duplicates by it. */
  readonly messageId: string;
  /** Unix seconds of this attempt: receivers refuse old ones, so every attempt is signed anew. */
  readonly timestamp: number;
  /** The exact bytes that are sent. */
  readonly body: Uint8Array;
  /** `whsec_<base64>`, newest first; more than one while a rotation lasts. */
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
    ...(schemes.includes('standard-webhooks') &&
      signStandardWebhooks(secrets, messageId, timestamp, body)),
    ...(schemes.includes('xavira') && signXavira(secrets, messageId, timestamp, body)),
  };
}

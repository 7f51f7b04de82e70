import { signStandardWebhooks } from './standard-webhooks.js';
import { signXmode } from './xmode.js';

export interface SignedDelivery {
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
 * All signature headers of one attempt, in both schemes: a receiver checks the one it knows.
 * @throws RangeError when nothing could be signed
 */
export function signatureHeaders(delivery: SignedDelivery): Record<string, string> {
  const { messageId, timestamp, body, secrets } = delivery;
  if (secrets.length === 0) throw new RangeError('a delivery is signed with at least one secret');
  if (!Number.isSafeInteger(timestamp) || timestamp <= 0) {
    throw new RangeError('a delivery is signed with a timestamp in whole Unix seconds');
  }
  return {
    ...signXmode(secrets, timestamp, body),
    ...signStandardWebhooks(secrets, messageId, timestamp, body),
  };
}

import {
  freshTimestamp,
  headerOf,
  type ReceivedWebhook,
  type Secrets,
  type VerifyOptions,
  WebhookVerificationError,
} from './received.js';

/** How a sender signs. */
export interface Scheme<Key> {
  readonly timestampHeader: string;
  readonly signatureHeader: string;
  /** Between several signatures, of which there are some while a rotation lasts. */
  readonly separator: string;
  /** @throws RangeError for a secret that is written otherwise */
  keyOf(secret: string): Key;
  /** Whether one signature, as it stands in the header, fits. In constant time. */
  fits(signature: string, key: Key, timestamp: string): boolean;
}

/**
 * @throws WebhookVerificationError unless it was signed of late with one of the secrets
 * @throws RangeError for no secret, or one that is written otherwise
 */
export function verifySigned<Key>(
  webhook: ReceivedWebhook,
  secrets: Secrets,
  options: VerifyOptions,
  { timestampHeader, signatureHeader, separator, keyOf, fits }: Scheme<Key>,
): void {
  const list = typeof secrets === 'string' ? [secrets] : secrets;
  if (list.length === 0 || list.includes('')) throw new RangeError('there is no webhook secret');
  const keys = list.map(keyOf);
  const timestamp = freshTimestamp(webhook, timestampHeader, options);
  const signatures = headerOf(webhook, signatureHeader).split(separator);
  // All are looked at, so that the time taken says nothing about which one fits.
  const fitting = signatures.flatMap((signature) =>
    keys.filter((key) => fits(signature.trim(), key, timestamp)),
  );
  if (fitting.length > 0) return;
  throw new WebhookVerificationError('not_signed', 'no signature fits the body and the secret');
}

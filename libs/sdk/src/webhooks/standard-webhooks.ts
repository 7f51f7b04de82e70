import { createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';
import {
  equalBytes,
  freshTimestamp,
  headerOf,
  listOfSecrets,
  type ReceivedWebhook,
  requireMatch,
  type Secrets,
  type VerifyOptions,
} from './received.js';

interface Verifier {
  /** In front of its signatures. */
  readonly version: string;
  fits(signature: Uint8Array, signed: Uint8Array): boolean;
}

/**
 * Standard Webhooks 1.0.0: HMAC-SHA256 (`v1`) for a secret `whsec_…`, Ed25519 (`v1a`) for a public key `whpk_…`.
 *
 * @returns the id of the message, the same in every attempt: drop what has an id that was seen
 * @throws WebhookVerificationError
 * @throws RangeError for a secret that is written otherwise
 */
export function verifyStandardWebhooks(
  webhook: ReceivedWebhook,
  secrets: Secrets,
  options: VerifyOptions = {},
): string {
  const verifiers = listOfSecrets(secrets).map(verifierOf);
  const id = headerOf(webhook, 'webhook-id');
  const timestamp = freshTimestamp(webhook, 'webhook-timestamp', options);
  const { rawBody } = webhook;
  const body = typeof rawBody === 'string' ? Buffer.from(rawBody) : rawBody;
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const signatures = headerOf(webhook, 'webhook-signature').split(' ');
  requireMatch(signatures, verifiers, (given, { version, fits }) => {
    if (!given.startsWith(`${version},`)) return false;
    return fits(Buffer.from(given.slice(version.length + 1), 'base64'), signed);
  });
  return id;
}

function verifierOf(secret: string): Verifier {
  const [, prefix, encoded = ''] = /^(whsec_|whpk_)([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  if (prefix === 'whpk_' && bytes.length === 32) return publicKey(bytes);
  if (prefix === 'whsec_' && bytes.length >= 24) return sharedSecret(bytes);
  throw new RangeError('a webhook secret is whsec_<base64> or, of 32 bytes, whpk_<base64>');
}

function sharedSecret(key: Uint8Array): Verifier {
  return {
    version: 'v1',
    fits: (signature, signed) =>
      equalBytes(signature, createHmac('sha256', key).update(signed).digest()),
  };
}

function publicKey(bytes: Buffer): Verifier {
  const x = bytes.toString('base64url');
  const key: KeyObject = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x },
    format: 'jwk',
  });
  return { version: 'v1a', fits: (signature, signed) => verify(null, signed, key, signature) };
}

import { createHmac, createPublicKey, verify } from 'node:crypto';
import {
  equalBytes,
  headerOf,
  type ReceivedWebhook,
  type Secrets,
  type VerifyOptions,
} from './received.js';
import { verifySigned } from './scheme.js';

interface Key {
  /** Stands in front of signatures made for it. */
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
  const id = headerOf(webhook, 'webhook-id');
  verifySigned(webhook, secrets, options, {
    timestampHeader: 'webhook-timestamp',
    signatureHeader: 'webhook-signature',
    separator: ' ',
    keyOf,
    fits: (given, { version, fits }, timestamp) => {
      if (!given.startsWith(`${version},`)) return false;
      const signature = Buffer.from(given.slice(version.length + 1), 'base64');
      return fits(signature, signedBytes(id, timestamp, webhook.rawBody));
    },
  });
  return id;
}

function signedBytes(id: string, timestamp: string, rawBody: Uint8Array | string): Uint8Array {
  const body = typeof rawBody === 'string' ? Buffer.from(rawBody) : rawBody;
  return Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
}

function keyOf(secret: string): Key {
  const [, prefix, encoded = ''] = /^(whsec_|whpk_)([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  if (prefix === 'whpk_' && bytes.length === 32) return publicKey(bytes);
  if (prefix === 'whsec_' && bytes.length >= 24) return sharedSecret(bytes);
  throw new RangeError('a webhook secret is whsec_<base64> or, of 32 bytes, whpk_<base64>');
}

function sharedSecret(secret: Uint8Array): Key {
  return {
    version: 'v1',
    fits: (signature, signed) =>
      equalBytes(signature, createHmac('sha256', secret).update(signed).digest()),
  };
}

function publicKey(bytes: Buffer): Key {
  const x = bytes.toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return { version: 'v1a', fits: (signature, signed) => verify(null, signed, key, signature) };
}

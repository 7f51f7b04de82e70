import { createHmac, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { decodeSigningKey, decodeWebhookSecret } from './webhook-secret.js';

const MESSAGE_ID = /^[A-Za-z0-9_-]{1,128}$/;

/** One signature as it stands in the header, of the bytes of `<id>.<timestamp>.<rawBody>`. */
type Signer = (secret: string, prefix: string, rawBody: Uint8Array) => string;

const hmac: Signer = (secret, prefix, rawBody) => {
  const mac = createHmac('sha256', decodeWebhookSecret(secret)).update(prefix).update(rawBody);
  return `v1,${mac.digest('base64')}`;
};

const ed25519: Signer = (secret, prefix, rawBody) => {
  const signed = Buffer.concat([Buffer.from(prefix), rawBody]);
  return `v1a,${sign(null, signed, privateKey(secret)).toString('base64')}`;
};

const PRIVATE_KEYS = 1_000;
const privateKeys = new Map<string, KeyObject>();

/** Importing a key takes longer than signing with it. */
function privateKey(secret: string): KeyObject {
  const known = privateKeys.get(secret);
  if (known !== undefined) return known;
  const { seed, point } = decodeSigningKey(secret);
  const jwk = {
    kty: 'OKP',
    crv: 'Ed25519',
    d: Buffer.from(seed).toString('base64url'),
    x: Buffer.from(point).toString('base64url'),
  };
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  if (privateKeys.size >= PRIVATE_KEYS) privateKeys.clear();
  privateKeys.set(secret, key);
  return key;
}

/**
 * Headers of Standard Webhooks 1.0.0: `v1,<base64 of HMAC-SHA256>` for a secret `whsec_…`, `v1a,<base64 of
 * Ed25519>` for a key `whsk_…`; one signature per secret, separated by spaces.
 * @throws RangeError for a malformed secret, or a message id that would make the signed text ambiguous
 */
export function signStandardWebhooks(
  secrets: readonly string[],
  messageId: string,
  timestampSeconds: number,
  rawBody: Uint8Array,
): Record<string, string> {
  if (!MESSAGE_ID.test(messageId)) {
    throw new RangeError('a message id is 1 to 128 letters, digits, underscores or dashes');
  }
  const prefix = `${messageId}.${timestampSeconds}.`;
  const signatures = secrets.map((secret) => {
    const signer = secret.startsWith('whsk_') ? ed25519 : hmac;
    return signer(secret, prefix, rawBody);
  });
  return {
    'webhook-id': messageId,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signatures.join(' '),
  };
}

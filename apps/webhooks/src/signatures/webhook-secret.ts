const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Bytes, by the Standard Webhooks specification; Imprest makes secrets of 32. */
const SHORTEST = 24;
const LONGEST = 64;
/** Of an Ed25519 seed, and of a public key. */
const HALF = 32;

/**
 * The key bytes of a secret written `whsec_<base64>`.
 * @throws RangeError naming the rule, never the secret
 */
export function decodeWebhookSecret(secret: string): Uint8Array {
  const key = decoded('whsec_', secret);
  if (key.length < SHORTEST || key.length > LONGEST) {
    throw new RangeError(`a webhook secret has ${SHORTEST} to ${LONGEST} bytes, not ${key.length}`);
  }
  return key;
}

/**
 * The halves of an Ed25519 key written `whsk_<base64 of seed and public key>`.
 * @throws RangeError naming the rule, never the key
 */
export function decodeSigningKey(secret: string): {
  readonly seed: Uint8Array;
  readonly point: Uint8Array;
} {
  const key = decoded('whsk_', secret);
  if (key.length !== 2 * HALF) {
    throw new RangeError(`a signing key has ${2 * HALF} bytes, not ${key.length}`);
  }
  return { seed: key.subarray(0, HALF), point: key.subarray(HALF) };
}

function decoded(prefix: string, secret: string): Uint8Array {
  const encoded = secret.slice(prefix.length);
  if (!secret.startsWith(prefix) || !BASE64.test(encoded)) {
    throw new RangeError(`a webhook secret is written ${prefix}<base64>`);
  }
  return Buffer.from(encoded, 'base64');
}

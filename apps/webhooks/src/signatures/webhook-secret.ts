const PREFIX = 'whsec_';
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Bytes, by the Standard Webhooks specification; Imprest makes secrets of 32. */
const SHORTEST = 24;
const LONGEST = 64;

/**
 * The key bytes of a secret written `whsec_<base64>`.
 * @throws RangeError naming the rule, never the secret
 */
export function decodeWebhookSecret(secret: string): Uint8Array {
  const encoded = secret.slice(PREFIX.length);
  if (!secret.startsWith(PREFIX) || !BASE64.test(encoded)) {
    throw new RangeError(`a webhook secret is written ${PREFIX}<base64>`);
  }
  const key = Buffer.from(encoded, 'base64');
  if (key.length < SHORTEST || key.length > LONGEST) {
    throw new RangeError(`a webhook secret has ${SHORTEST} to ${LONGEST} bytes, not ${key.length}`);
  }
  return key;
}

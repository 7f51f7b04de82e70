import { createHmac } from 'node:crypto';

/**
 * Headers of the native dialect: `v1=<hex of HMAC-SHA256(secret, "<timestamp>.<rawBody>")>`, one
 * signature per secret, separated by commas. The key is the whole secret as text, `whsec_` included:
 * what a receiver was shown is what it passes to its HMAC. The message id is not signed, so a
 * receiver must take it from the body.
 */
export function signXmode(
  secrets: readonly string[],
  timestampSeconds: number,
  rawBody: Uint8Array,
): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const hmac = createHmac('sha256', secret).update(`${timestampSeconds}.`).update(rawBody);
    return `v1=${hmac.digest('hex')}`;
  });
  return {
    'X-XMode-Timestamp': String(timestampSeconds),
    'X-XMode-Signature': signatures.join(','),
  };
}

import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a signature is the hex of HMAC-SHA256 over these parts, one after the other. It takes the same
 * time whatever is wrong with it.
 */
export function isHmacSha256(
  signature: string,
  secret: string,
  ...parts: readonly (string | Uint8Array)[]
): boolean {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  const expected = hmac.digest();
  const given = /^[0-9a-f]{64}$/i.test(signature)
    ? Buffer.from(signature, 'hex')
    : Buffer.alloc(32);
  return timingSafeEqual(given, expected);
}

/** The one value of a header; undefined when it is missing or there are several. */
export function singleHeader(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  name: string,
): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

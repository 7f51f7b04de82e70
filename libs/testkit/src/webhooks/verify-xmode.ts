import { createHmac, timingSafeEqual } from 'node:crypto';

export interface ReceivedXmodeWebhook {
  /** The secret as it was shown: the whole text is the key. */
  readonly secret: string;
  /** `X-XMode-Timestamp`. */
  readonly timestamp: string;
  /** `X-XMode-Signature`: `v1=<hex>`, several separated by commas while secrets are rotated. */
  readonly signature: string;
  /** The bytes received, before any parsing. */
  readonly rawBody: Uint8Array;
  /** Unix seconds at the receiver. */
  readonly nowSeconds: number;
}

const TOLERANCE_SECONDS = 5 * 60;

/** What a receiver does: true when the body is from the sender and not older than five minutes. */
export function verifyXmode(received: ReceivedXmodeWebhook): boolean {
  const { secret, timestamp, signature, rawBody, nowSeconds } = received;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowSeconds - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody).digest();
  let matched = false;
  for (const candidate of signature.split(',')) {
    const hex = /^\s*v1=([0-9a-f]{64})\s*$/.exec(candidate)?.[1];
    if (hex !== undefined && timingSafeEqual(Buffer.from(hex, 'hex'), expected)) matched = true;
  }
  return matched;
}

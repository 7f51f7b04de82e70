import { createHmac } from 'node:crypto';
import { equalBytes, type ReceivedWebhook, type Secrets, type VerifyOptions } from './received.js';
import { type Scheme, verifySigned } from './scheme.js';

/** HMAC-SHA256 of `<timestamp>.<body>` in hex; its key is the secret as text, `whsec_` included. */
const hexScheme = (name: string, prefix: string, { rawBody }: ReceivedWebhook): Scheme<string> => ({
  timestampHeader: `x-${name}-timestamp`,
  signatureHeader: `x-${name}-signature`,
  separator: ',',
  keyOf: (secret) => secret,
  fits: (signature, key, timestamp) => {
    const expected = createHmac('sha256', key).update(`${timestamp}.`).update(rawBody).digest();
    const given = signature.startsWith(prefix) ? signature.slice(prefix.length) : '';
    return equalBytes(Buffer.from(given, 'hex'), expected);
  },
});

/**
 * `X-XMode-Signature`: `v1=<hex>`, several separated by commas while a rotation lasts. It does not sign
 * `webhook-id`: tell duplicates by `requestId` of the body.
 *
 * @throws WebhookVerificationError
 */
export function verifyXmode(
  webhook: ReceivedWebhook,
  secrets: Secrets,
  options: VerifyOptions = {},
): void {
  verifySigned(webhook, secrets, options, hexScheme('xmode', 'v1=', webhook));
}

/**
 * `X-Xavira-Signature`: `<hex>`. It does not sign `X-Xavira-Delivery`: tell duplicates by `generation_id` of the body.
 *
 * @throws WebhookVerificationError
 */
export function verifyXavira(
  webhook: ReceivedWebhook,
  secrets: Secrets,
  options: VerifyOptions = {},
): void {
  verifySigned(webhook, secrets, options, hexScheme('xavira', '', webhook));
}

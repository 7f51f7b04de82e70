import { createHmac } from 'node:crypto';
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

interface HexScheme {
  readonly timestampHeader: string;
  readonly signatureHeader: string;
  /** In front of each signature. */
  readonly prefix: string;
}

const XMODE: HexScheme = {
  timestampHeader: 'x-xmode-timestamp',
  signatureHeader: 'x-xmode-signature',
  prefix: 'v1=',
};

const XAVIRA: HexScheme = {
  timestampHeader: 'x-xavira-timestamp',
  signatureHeader: 'x-xavira-signature',
  prefix: '',
};

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
  verifyHex(XMODE, webhook, secrets, options);
}

/**
 * `X-Xavira-Signature`: `<hex>`, several separated by commas while a rotation lasts.
 *
 * @throws WebhookVerificationError
 */
export function verifyXavira(
  webhook: ReceivedWebhook,
  secrets: Secrets,
  options: VerifyOptions = {},
): void {
  verifyHex(XAVIRA, webhook, secrets, options);
}

/** HMAC-SHA256 of `<timestamp>.<body>`; its key is the secret as text, `whsec_` included. */
function verifyHex(
  { timestampHeader, signatureHeader, prefix }: HexScheme,
  webhook: ReceivedWebhook,
  secrets: Secrets,
  options: VerifyOptions,
): void {
  const keys = listOfSecrets(secrets);
  const timestamp = freshTimestamp(webhook, timestampHeader, options);
  const signatures = headerOf(webhook, signatureHeader)
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each.startsWith(prefix))
    .map((each) => Buffer.from(each.slice(prefix.length), 'hex'));
  requireMatch(signatures, keys, (signature, key) => {
    const hmac = createHmac('sha256', key).update(`${timestamp}.`).update(webhook.rawBody);
    return equalBytes(signature, hmac.digest());
  });
}

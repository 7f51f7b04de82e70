import { createHmac } from 'node:crypto';
import { decodeWebhookSecret } from './webhook-secret.js';

const MESSAGE_ID = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * Headers of Standard Webhooks 1.0.0: `v1,<base64 of HMAC-SHA256(key, "<id>.<timestamp>.<rawBody>")>`,
 * one signature per secret, separated by spaces. The key is the decoded secret.
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
  const signatures = secrets.map((secret) => {
    const hmac = createHmac('sha256', decodeWebhookSecret(secret));
    hmac.update(`${messageId}.${timestampSeconds}.`).update(rawBody);
    return `v1,${hmac.digest('base64')}`;
  });
  return {
    'webhook-id': messageId,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signatures.join(' '),
  };
}

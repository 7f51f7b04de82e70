import type { EndedGeneration } from '../generations/record.js';
import type { LowBalance } from '../openapi.js';
import type { ReceivedWebhook, Secrets, VerifyOptions } from './received.js';
import { verifyStandardWebhooks } from './standard-webhooks.js';

/** What a webhook of the native dialect tells. */
export type ReceivedMessage =
  | { readonly id: string; readonly type: 'generation.ended'; readonly record: EndedGeneration }
  | {
      readonly id: string;
      readonly type: 'account.low_balance';
      readonly balance: LowBalance['data'];
    };

/**
 * Checks a webhook by its Standard Webhooks signature and reads it. Messages come at least once and in
 * any order: drop what has an `id` that was seen.
 *
 * @throws WebhookVerificationError
 */
export function readWebhook(
  webhook: ReceivedWebhook,
  secrets: Secrets,
  options: VerifyOptions = {},
): ReceivedMessage {
  const id = verifyStandardWebhooks(webhook, secrets, options);
  const { rawBody } = webhook;
  const text = typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody);
  const body = JSON.parse(text);
  // A record stands alone; everything else names its type.
  if (body.type === undefined) return { id, type: 'generation.ended', record: body };
  return { id, type: body.type, balance: body.data };
}

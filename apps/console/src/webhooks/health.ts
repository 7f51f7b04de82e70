import type { components } from '../api/openapi.ts';

export type WebhookMessage = components['schemas']['WebhookMessage'];

export type Health = 'good' | 'waiting' | 'bad' | 'none';

/** What a message says about its receiver. */
export function healthOf({
  status,
  attempts,
}: Pick<WebhookMessage, 'status' | 'attempts'>): Health {
  if (status === 'delivered') return 'good';
  if (status === 'exhausted' || status === 'refused') return 'bad';
  if (status === 'pending' && attempts > 0) return 'waiting';
  return 'none';
}

/** How many of the messages that were tried arrived; null before any was. */
export function deliveredShare(messages: readonly WebhookMessage[]): string | null {
  const tried = messages.filter((each) => healthOf(each) !== 'none');
  if (tried.length === 0) return null;
  const good = tried.filter((each) => healthOf(each) === 'good');
  return `${good.length} of ${tried.length} delivered`;
}

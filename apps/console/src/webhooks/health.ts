import type { components } from '../api/openapi.ts';

export type WebhookMessage = components['schemas']['WebhookMessage'];
/** An endpoint with how it does. */
export type WatchedEndpoint = components['schemas']['WatchedWebhookEndpoint'];
export type EndpointHealth = WatchedEndpoint['health'];
type Outcome = EndpointHealth['recent'][number];

/** How an attempt looks in a strip: the receiver took it, it will be tried again, or it will not. */
export type Look = 'good' | 'waiting' | 'bad';

const LOOKS: Readonly<Record<Outcome, Look>> = {
  delivered: 'good',
  retry: 'waiting',
  exhausted: 'bad',
  refused: 'bad',
};

/** The latest attempts, the oldest first, as a strip reads from left to right. */
export const looksOf = ({ recent }: Pick<EndpointHealth, 'recent'>): readonly Look[] =>
  recent.map((outcome) => LOOKS[outcome]).toReversed();

/** How many of the latest attempts were taken; null before there was any. */
export function deliveredShare({ recent }: Pick<EndpointHealth, 'recent'>): string | null {
  if (recent.length === 0) return null;
  const taken = recent.filter((outcome) => outcome === 'delivered').length;
  return `${taken} of ${recent.length} attempts delivered`;
}

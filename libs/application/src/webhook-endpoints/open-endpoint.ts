import type {
  DisablingCause,
  EndpointOrdering,
  EndpointScheme,
  EndpointSettings,
  WebhookEndpoint,
  WebhookEventName,
} from '@imprest/domain';
import type { EndpointHeaders } from './endpoint-headers.js';

/** Settings as their owner states them. */
export interface OpenSettings extends Omit<EndpointSettings, 'target' | 'headers'> {
  /** Judged already: public, or allowed by the operator. */
  readonly url: string;
  readonly headers: EndpointHeaders;
}

export interface NewEndpoint extends Partial<OpenSettings> {
  readonly url: string;
  readonly scheme: EndpointScheme;
  readonly events: readonly WebhookEventName[];
}

/** An endpoint as its owner may see it: without the secret. */
export interface OpenEndpoint extends OpenSettings {
  readonly id: string;
  readonly scheme: EndpointScheme;
  /** What signatures are checked with: the newest first. Empty where a secret is shared. */
  readonly publicKeys: readonly { readonly key: string; readonly validUntil: string | null }[];
  /** Until then the key before the current one signs along; null when none does. */
  readonly previousKeyValidUntil: string | null;
  readonly disabled: {
    readonly cause: DisablingCause;
    readonly reason: string;
    readonly disabledAt: string;
  } | null;
  readonly registeredAt: string;
}

/** Where deliveries go, how, and what they are signed with. */
export interface EndpointTarget extends OpenSettings {
  readonly scheme: EndpointScheme;
  /** The newest first; two while a rotation lasts. */
  readonly secrets: readonly string[];
  readonly isDisabled: boolean;
  /** Of the URL, and of what is sent to it about nobody. */
  readonly dataKeyId: string;
}

/** What an endpoint has whose owner asked for nothing else. */
export const usualSettings: {
  readonly headers: EndpointHeaders;
  readonly ordering: EndpointOrdering;
  readonly perSecond: null;
  readonly concurrency: number;
  readonly retryDelays: null;
} = { headers: {}, ordering: 'none', perSecond: null, concurrency: 32, retryDelays: null };

/** Which key signs along at that time, if one does. */
export function previousKeyAt({ previousKey }: WebhookEndpoint, now: string) {
  return previousKey !== null && now < previousKey.validUntil ? previousKey : null;
}

export function publicKeysOf(endpoint: WebhookEndpoint, now: string): OpenEndpoint['publicKeys'] {
  const previous = previousKeyAt(endpoint, now);
  const keys = [
    { key: endpoint.publicKey, validUntil: null },
    { key: previous?.publicKey ?? null, validUntil: previous?.validUntil ?? null },
  ];
  return keys.flatMap(({ key, validUntil }) => (key === null ? [] : [{ key, validUntil }]));
}

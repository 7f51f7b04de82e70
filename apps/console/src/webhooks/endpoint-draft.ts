import {
  delaysOf,
  headerLines,
  headersOf,
  type NewWebhookEndpoint,
  type WebhookEndpoint,
  type WebhookEvent,
  type WebhookScheme,
  webhookEvents,
} from './endpoint.ts';

/** Settings of an endpoint as a form holds them. */
export interface EndpointDraft {
  readonly url: string;
  readonly scheme: WebhookScheme;
  readonly events: readonly WebhookEvent[];
  readonly ordering: WebhookEndpoint['ordering'];
  readonly perSecond: number | '';
  readonly concurrency: number | '';
  readonly headers: string;
  readonly retryDelays: string;
}

const MOST_AT_A_TIME = 32;

/** The draft of an endpoint that is there, or of a new one with what is usual. */
export function draftOf(endpoint: WebhookEndpoint | null): EndpointDraft {
  return {
    url: endpoint?.url ?? '',
    scheme: endpoint?.scheme ?? 'standard',
    events: endpoint?.events ?? webhookEvents,
    ordering: endpoint?.ordering ?? 'none',
    perSecond: endpoint?.perSecond ?? '',
    concurrency: endpoint?.concurrency ?? MOST_AT_A_TIME,
    headers: headerLines(endpoint?.headers ?? {}),
    retryDelays: endpoint?.retryDelays?.join(', ') ?? '',
  };
}

/** What is sent for a draft, the scheme aside. @throws RangeError for headers or delays that are none */
export function settingsOf(draft: EndpointDraft): Omit<NewWebhookEndpoint, 'scheme'> {
  const { url, events, ordering, perSecond, concurrency, headers, retryDelays } = draft;
  return {
    url: url.trim(),
    events: [...events],
    ordering,
    // 0 is no limit.
    perSecond: perSecond === '' ? 0 : perSecond,
    concurrency: concurrency === '' ? MOST_AT_A_TIME : concurrency,
    headers: headersOf(headers) as Record<string, never>,
    retryDelays: delaysOf(retryDelays),
  };
}

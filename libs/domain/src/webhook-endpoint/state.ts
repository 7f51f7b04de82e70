import type {
  SigningKey,
  WebhookEndpointDisabled,
  WebhookEndpointEvent,
  WebhookEndpointRegistered,
} from './events.js';
import type { WebhookEventName } from './settings.js';

type Registration = WebhookEndpointRegistered['data'];

export interface WebhookEndpoint extends Registration {
  /** Signs along until then. */
  readonly previousKey: (SigningKey & { readonly validUntil: string }) | null;
  /** Null while it is told of what happens. */
  readonly disabled: Omit<WebhookEndpointDisabled['data'], 'endpointId'> | null;
}

/** All endpoints of one tenant: a bound on their number holds, and who is told is known at once. */
export interface WebhookEndpointState {
  readonly endpoints: Map<string, WebhookEndpoint>;
}

/**
 * Endpoints that hear of an event; those registered after it happened do not. One that is disabled does:
 * it is told once it is enabled again.
 */
export function listeningEndpoints(
  { endpoints }: WebhookEndpointState,
  event: WebhookEventName,
  occurredAt: string,
): readonly WebhookEndpoint[] {
  return [...endpoints.values()].filter(
    ({ events, registeredAt }) => events.includes(event) && registeredAt <= occurredAt,
  );
}

export function evolve(
  state: WebhookEndpointState,
  event: WebhookEndpointEvent,
): WebhookEndpointState {
  const { endpoints } = state;
  const { endpointId } = event.data;
  if (event.type === 'WebhookEndpointRegistered') {
    endpoints.set(endpointId, { ...event.data, previousKey: null, disabled: null });
    return state;
  }
  if (event.type === 'WebhookEndpointRemoved') {
    endpoints.delete(endpointId);
    return state;
  }
  const endpoint = endpoints.get(endpointId);
  if (endpoint !== undefined) endpoints.set(endpointId, changed(endpoint, event));
  return state;
}

function changed(
  endpoint: WebhookEndpoint,
  event: Exclude<
    WebhookEndpointEvent,
    { type: 'WebhookEndpointRegistered' | 'WebhookEndpointRemoved' }
  >,
): WebhookEndpoint {
  switch (event.type) {
    case 'WebhookEndpointChanged':
      return { ...endpoint, ...event.data };
    case 'WebhookEndpointSecretRotated': {
      const { signingSecret, publicKey, previousValidUntil: validUntil } = event.data;
      const { signingSecret: before, publicKey: publicBefore } = endpoint;
      const previousKey = { signingSecret: before, publicKey: publicBefore, validUntil };
      return { ...endpoint, signingSecret, publicKey, previousKey };
    }
    case 'WebhookEndpointDisabled': {
      const { endpointId: _endpointId, ...disabled } = event.data;
      return { ...endpoint, disabled };
    }
    case 'WebhookEndpointEnabled':
      return { ...endpoint, disabled: null };
  }
}

import { accepted, type Decider, type Decision, rejected } from '../shared/decider.js';
import { domainError, validationError } from '../shared/domain-error.js';
import type {
  WebhookEndpointEvent,
  WebhookEndpointRegistered,
  WebhookEventName,
} from './events.js';

export * from './events.js';

export type WebhookEndpoint = WebhookEndpointRegistered['data'];

export interface RegisterWebhookEndpoint {
  readonly type: 'RegisterWebhookEndpoint';
  readonly endpoint: WebhookEndpoint;
}

export interface RemoveWebhookEndpoint {
  readonly type: 'RemoveWebhookEndpoint';
  readonly endpointId: string;
  readonly reason: string;
}

export type WebhookEndpointCommand = RegisterWebhookEndpoint | RemoveWebhookEndpoint;

/** All endpoints of one tenant: a bound on their number holds, and who is told is known at once. */
export interface WebhookEndpointState {
  readonly endpoints: Map<string, WebhookEndpoint>;
}

export const MAX_WEBHOOK_ENDPOINTS = 10;

/** Endpoints that hear of an event; those registered after it happened do not. */
export function listeningEndpoints(
  { endpoints }: WebhookEndpointState,
  event: WebhookEventName,
  occurredAt: string,
): readonly WebhookEndpoint[] {
  return [...endpoints.values()].filter(
    ({ events, registeredAt }) => events.includes(event) && registeredAt <= occurredAt,
  );
}

function decide(
  command: WebhookEndpointCommand,
  { endpoints }: WebhookEndpointState,
): Decision<WebhookEndpointEvent> {
  if (command.type === 'RegisterWebhookEndpoint') {
    const { endpoint } = command;
    if (endpoints.has(endpoint.endpointId)) return accepted();
    if (endpoint.events.length === 0) {
      return rejected(validationError('events', 'must not be empty'));
    }
    if (endpoints.size >= MAX_WEBHOOK_ENDPOINTS) {
      const message = `there are ${MAX_WEBHOOK_ENDPOINTS} webhooks already: remove one first`;
      return rejected(domainError('conflict', message));
    }
    return accepted({ type: 'WebhookEndpointRegistered', data: endpoint });
  }
  const { endpointId, reason } = command;
  if (!endpoints.has(endpointId)) return rejected(domainError('not_found', 'no such webhook'));
  return accepted({ type: 'WebhookEndpointRemoved', data: { endpointId, reason } });
}

function evolve(state: WebhookEndpointState, event: WebhookEndpointEvent): WebhookEndpointState {
  switch (event.type) {
    case 'WebhookEndpointRegistered':
      state.endpoints.set(event.data.endpointId, event.data);
      break;
    case 'WebhookEndpointRemoved':
      state.endpoints.delete(event.data.endpointId);
      break;
    default:
      event satisfies never;
  }
  return state;
}

export const webhookEndpoint: Decider<
  WebhookEndpointCommand,
  WebhookEndpointState,
  WebhookEndpointEvent
> = {
  category: 'webhookEndpoint',
  initialState: () => ({ endpoints: new Map() }),
  decide,
  evolve,
};

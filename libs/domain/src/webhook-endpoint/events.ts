import type { DomainFact } from '../shared/decider.js';
import type { SealedSecret } from '../tenant/index.js';

/** What can happen that a receiver may want to hear of. */
export const webhookEventNames = ['generation.completed', 'generation.failed'] as const;
export type WebhookEventName = (typeof webhookEventNames)[number];

/** How deliveries to an endpoint are signed. */
export const endpointSchemes = ['xavira'] as const;
export type EndpointScheme = (typeof endpointSchemes)[number];

/** A tenant wants to hear of what happens at a URL of its own. */
export type WebhookEndpointRegistered = DomainFact<
  'WebhookEndpointRegistered',
  {
    readonly endpointId: string;
    readonly scheme: EndpointScheme;
    /** What it is told of; everything else passes it by. */
    readonly events: readonly WebhookEventName[];
    /** URL to call: it may hold a secret. */
    readonly target: SealedSecret;
    /** What deliveries are signed with. */
    readonly signingSecret: SealedSecret;
    /** ISO 8601: what happened before is not told. */
    readonly registeredAt: string;
  }
>;

export type WebhookEndpointRemoved = DomainFact<
  'WebhookEndpointRemoved',
  { readonly endpointId: string; readonly reason: string }
>;

export type WebhookEndpointEvent = WebhookEndpointRegistered | WebhookEndpointRemoved;

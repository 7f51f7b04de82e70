import type { DomainFact } from '../shared/decider.js';
import type { SealedSecret } from '../tenant/index.js';
import type { EndpointSettings } from './settings.js';

/** How deliveries to an endpoint are signed. */
export const endpointSchemes = ['xmode', 'xavira', 'standard', 'standard-ed25519'] as const;
export type EndpointScheme = (typeof endpointSchemes)[number];

/** What deliveries are signed with: a shared secret, or the private half of a key pair. */
export interface SigningKey {
  readonly signingSecret: SealedSecret;
  /** `whpk_<base64>` of the Ed25519 public key; null for a shared secret. */
  readonly publicKey: string | null;
}

/** A tenant wants to hear of what happens at a URL of its own. */
export type WebhookEndpointRegistered = DomainFact<
  'WebhookEndpointRegistered',
  EndpointSettings &
    SigningKey & {
      readonly endpointId: string;
      readonly scheme: EndpointScheme;
      /** ISO 8601: what happened before is not told. */
      readonly registeredAt: string;
    }
>;

/** All settings as they are from now on. */
export type WebhookEndpointChanged = DomainFact<
  'WebhookEndpointChanged',
  EndpointSettings & { readonly endpointId: string }
>;

/** The key before signs along until `previousValidUntil` (ISO 8601). */
export type WebhookEndpointSecretRotated = DomainFact<
  'WebhookEndpointSecretRotated',
  SigningKey & { readonly endpointId: string; readonly previousValidUntil: string }
>;

/** `asked`: by the tenant. `gone`: the receiver answered 410. `failing`: it took nothing for days. */
export const disablingCauses = ['asked', 'gone', 'failing'] as const;
export type DisablingCause = (typeof disablingCauses)[number];

/** Nothing is sent to it any more; what happens meanwhile waits for it. */
export type WebhookEndpointDisabled = DomainFact<
  'WebhookEndpointDisabled',
  {
    readonly endpointId: string;
    readonly cause: DisablingCause;
    readonly reason: string;
    /** ISO 8601. */
    readonly disabledAt: string;
  }
>;

/** What waited is sent now. */
export type WebhookEndpointEnabled = DomainFact<
  'WebhookEndpointEnabled',
  { readonly endpointId: string }
>;

export type WebhookEndpointRemoved = DomainFact<
  'WebhookEndpointRemoved',
  { readonly endpointId: string; readonly reason: string }
>;

export type WebhookEndpointEvent =
  | WebhookEndpointRegistered
  | WebhookEndpointChanged
  | WebhookEndpointSecretRotated
  | WebhookEndpointDisabled
  | WebhookEndpointEnabled
  | WebhookEndpointRemoved;

import { accepted, type Decider, type Decision, rejected } from '../shared/decider.js';
import { domainError, validationError } from '../shared/domain-error.js';
import { isTimestamp } from '../shared/timestamp.js';
import type {
  DisablingCause,
  WebhookEndpointEvent,
  WebhookEndpointRegistered,
  WebhookEndpointSecretRotated,
} from './events.js';
import { type EndpointSettings, settingsProblem } from './settings.js';
import { evolve, type WebhookEndpoint, type WebhookEndpointState } from './state.js';

export * from './breaker.js';
export * from './events.js';
export * from './patience.js';
export * from './settings.js';
export { listeningEndpoints, type WebhookEndpoint, type WebhookEndpointState } from './state.js';

export interface RegisterWebhookEndpoint {
  readonly type: 'RegisterWebhookEndpoint';
  readonly endpoint: WebhookEndpointRegistered['data'];
}

export interface ChangeWebhookEndpoint {
  readonly type: 'ChangeWebhookEndpoint';
  readonly endpointId: string;
  readonly settings: EndpointSettings;
}

export interface RotateEndpointSecret {
  readonly type: 'RotateEndpointSecret';
  readonly rotation: WebhookEndpointSecretRotated['data'];
}

export interface DisableWebhookEndpoint {
  readonly type: 'DisableWebhookEndpoint';
  readonly endpointId: string;
  readonly cause: DisablingCause;
  readonly reason: string;
  /** ISO 8601. */
  readonly now: string;
}

export interface EnableWebhookEndpoint {
  readonly type: 'EnableWebhookEndpoint';
  readonly endpointId: string;
}

export interface RemoveWebhookEndpoint {
  readonly type: 'RemoveWebhookEndpoint';
  readonly endpointId: string;
  readonly reason: string;
}

export type WebhookEndpointCommand =
  | RegisterWebhookEndpoint
  | ChangeWebhookEndpoint
  | RotateEndpointSecret
  | DisableWebhookEndpoint
  | EnableWebhookEndpoint
  | RemoveWebhookEndpoint;

export const MAX_WEBHOOK_ENDPOINTS = 100;

function register(
  { endpoint }: RegisterWebhookEndpoint,
  known: ReadonlyMap<string, unknown>,
): Decision<WebhookEndpointEvent> {
  if (known.has(endpoint.endpointId)) return accepted();
  const problem = settingsProblem(endpoint);
  if (problem !== undefined) return rejected(problem);
  if (known.size >= MAX_WEBHOOK_ENDPOINTS) {
    const message = `there are ${MAX_WEBHOOK_ENDPOINTS} webhooks already: remove one first`;
    return rejected(domainError('conflict', message));
  }
  return accepted({ type: 'WebhookEndpointRegistered', data: endpoint });
}

function rotate(
  { rotation }: RotateEndpointSecret,
  endpoint: WebhookEndpoint,
): Decision<WebhookEndpointEvent> {
  const { signingSecret, previousValidUntil } = rotation;
  // A repeat would drop the previous one for good.
  if (signingSecret.sealed === endpoint.signingSecret.sealed) return accepted();
  if (!isTimestamp(previousValidUntil)) {
    const rule = 'must be a UTC timestamp with milliseconds';
    return rejected(validationError('previousValidUntil', rule));
  }
  return accepted({ type: 'WebhookEndpointSecretRotated', data: rotation });
}

function endpointIdOf(command: Exclude<WebhookEndpointCommand, RegisterWebhookEndpoint>): string {
  return command.type === 'RotateEndpointSecret' ? command.rotation.endpointId : command.endpointId;
}

function decide(
  command: WebhookEndpointCommand,
  { endpoints }: WebhookEndpointState,
): Decision<WebhookEndpointEvent> {
  if (command.type === 'RegisterWebhookEndpoint') return register(command, endpoints);
  const endpointId = endpointIdOf(command);
  const endpoint = endpoints.get(endpointId);
  if (endpoint === undefined) return rejected(domainError('not_found', 'no such webhook'));
  switch (command.type) {
    case 'ChangeWebhookEndpoint': {
      const problem = settingsProblem(command.settings);
      if (problem !== undefined) return rejected(problem);
      return accepted({
        type: 'WebhookEndpointChanged',
        data: { endpointId, ...command.settings },
      });
    }
    case 'RotateEndpointSecret':
      return rotate(command, endpoint);
    case 'DisableWebhookEndpoint': {
      if (endpoint.disabled !== null) return accepted();
      const { cause, reason, now: disabledAt } = command;
      const data = { endpointId, cause, reason, disabledAt };
      return accepted({ type: 'WebhookEndpointDisabled', data });
    }
    case 'EnableWebhookEndpoint':
      if (endpoint.disabled === null) return accepted();
      return accepted({ type: 'WebhookEndpointEnabled', data: { endpointId } });
    case 'RemoveWebhookEndpoint':
      return accepted({
        type: 'WebhookEndpointRemoved',
        data: { endpointId, reason: command.reason },
      });
  }
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

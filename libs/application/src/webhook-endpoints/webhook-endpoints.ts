import {
  type DisablingCause,
  domainError,
  type WebhookEndpoint,
  type WebhookEndpointCommand,
} from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { webhookEndpointStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { newId } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import type { DataKeys } from '../ports/data-keys.js';
import { CLOCK, DATA_KEYS } from '../ports/tokens.js';
import { headersProblem, lowerCased } from './endpoint-headers.js';
import {
  type EndpointTarget,
  type NewEndpoint,
  type OpenEndpoint,
  type OpenSettings,
  usualSettings,
} from './open-endpoint.js';
import {
  dataKeysOf,
  dataKeysOfSettings,
  seal,
  sealHeaders,
  toOpenEndpoint,
  toTarget,
} from './sealed-settings.js';
import { newSigningKey } from './signing-keys.js';

/** A key as its owner is shown it, once: the secret to share, or the public half. */
export interface ShownKey {
  /** Null where nothing is shared. */
  readonly secret: string | null;
  readonly publicKey: string | null;
}

/** Endpoints that tenants have registered. URLs, headers and secrets leave the process sealed only. */
@Injectable()
export class WebhookEndpoints {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The secret is in this answer only. @throws DomainFailure validation_error, conflict when there are too many */
  async register(
    tenantId: string,
    wanted: NewEndpoint,
    context: CommandContext,
  ): Promise<OpenEndpoint & ShownKey> {
    const now = this.clock.now();
    const endpointId = newId('whk', now.getTime());
    const registeredAt = now.toISOString();
    const { scheme, url, headers, ...settings } = { ...usualSettings, ...wanted };
    const sealed = await this.sealed(endpointId, url, headers);
    const { secret, publicKey } = newSigningKey(scheme);
    const signingSecret = await seal(this.dataKeys, endpointId, secret);
    const key = { signingSecret, publicKey };
    const endpoint = { endpointId, scheme, ...settings, ...sealed, ...key, registeredAt };
    const unused = [...dataKeysOfSettings(endpoint), signingSecret.dataKeyId];
    await this.run(tenantId, { type: 'RegisterWebhookEndpoint', endpoint }, context, unused);
    const shown = await this.get(tenantId, endpointId);
    return { ...shown, ...shownKey(secret, publicKey) };
  }

  /** What is not named stays as it is. @throws DomainFailure not_found, validation_error */
  async change(
    tenantId: string,
    endpointId: string,
    wanted: Partial<OpenSettings>,
    context: CommandContext,
  ): Promise<OpenEndpoint> {
    const endpoint = await this.find(tenantId, endpointId);
    const { url, headers, ...settings } = {
      ...(await this.get(tenantId, endpointId)),
      ...wanted,
    };
    const sealed = await this.sealed(endpointId, url, headers);
    const { events, ordering, perSecond, concurrency, retryDelays } = settings;
    const changed = { events, ordering, perSecond, concurrency, retryDelays, ...sealed };
    const command = { type: 'ChangeWebhookEndpoint', endpointId, settings: changed } as const;
    await this.run(tenantId, command, context, dataKeysOfSettings(changed));
    await this.dataKeys.destroy(dataKeysOfSettings(endpoint));
    return this.get(tenantId, endpointId);
  }

  /**
   * The key before signs along for so long, except in the xavira scheme, whose header has room for one
   * signature. The secret is in this answer only.
   * @throws DomainFailure not_found
   */
  async rotateSecret(
    tenantId: string,
    endpointId: string,
    overlapSeconds: number,
    context: CommandContext,
  ): Promise<ShownKey & { readonly previousValidUntil: string }> {
    const { scheme, previousKey } = await this.find(tenantId, endpointId);
    const overlap = scheme === 'xavira' ? 0 : overlapSeconds;
    const { secret, publicKey } = newSigningKey(scheme);
    const signingSecret = await seal(this.dataKeys, endpointId, secret);
    const until = new Date(this.clock.now().getTime() + overlap * 1_000).toISOString();
    const rotation = { endpointId, signingSecret, publicKey, previousValidUntil: until };
    const command = { type: 'RotateEndpointSecret', rotation } as const;
    await this.run(tenantId, command, context, [signingSecret.dataKeyId]);
    if (previousKey !== null) await this.dataKeys.destroy([previousKey.signingSecret.dataKeyId]);
    return { ...shownKey(secret, publicKey), previousValidUntil: until };
  }

  /** Nothing is sent to it any more; what happens meanwhile waits. Safe to repeat. @throws DomainFailure not_found */
  async disable(
    tenantId: string,
    endpointId: string,
    cause: DisablingCause,
    reason: string,
    context: CommandContext,
  ): Promise<void> {
    const now = this.clock.now().toISOString();
    const command = { type: 'DisableWebhookEndpoint', endpointId, cause, reason, now } as const;
    await this.run(tenantId, command, context);
  }

  /** What waited is sent from then on. Safe to repeat. @throws DomainFailure not_found */
  async enable(tenantId: string, endpointId: string, context: CommandContext): Promise<void> {
    await this.run(tenantId, { type: 'EnableWebhookEndpoint', endpointId }, context);
  }

  /** In the order in which they were registered. */
  async list(tenantId: string): Promise<readonly OpenEndpoint[]> {
    const endpoints = await this.all(tenantId);
    const keys = await this.dataKeys.open(endpoints.flatMap(dataKeysOfSettings));
    const now = this.clock.now().toISOString();
    return endpoints.flatMap((endpoint) => toOpenEndpoint(keys, endpoint, now) ?? []);
  }

  /** @throws DomainFailure not_found */
  async get(tenantId: string, endpointId: string): Promise<OpenEndpoint> {
    const endpoint = await this.find(tenantId, endpointId);
    const keys = await this.dataKeys.open(dataKeysOfSettings(endpoint));
    const open = toOpenEndpoint(keys, endpoint, this.clock.now().toISOString());
    if (open === undefined) throw noSuchEndpoint(endpointId);
    return open;
  }

  /** Undefined when it was removed. */
  async target(tenantId: string, endpointId: string): Promise<EndpointTarget | undefined> {
    const endpoint = (await this.all(tenantId)).find((one) => one.endpointId === endpointId);
    if (endpoint === undefined) return undefined;
    const keys = await this.dataKeys.open(dataKeysOf(endpoint));
    return toTarget(keys, endpoint, this.clock.now().toISOString());
  }

  /** Messages that wait for it are not sent any more. @throws DomainFailure not_found */
  async remove(tenantId: string, endpointId: string, context: CommandContext): Promise<void> {
    const endpoint = await this.find(tenantId, endpointId);
    const reason = 'removed by the tenant';
    await this.run(tenantId, { type: 'RemoveWebhookEndpoint', endpointId, reason }, context);
    await this.dataKeys.destroy(dataKeysOf(endpoint));
  }

  private async find(tenantId: string, endpointId: string): Promise<WebhookEndpoint> {
    const endpoint = (await this.all(tenantId)).find((one) => one.endpointId === endpointId);
    if (endpoint === undefined) throw noSuchEndpoint(endpointId);
    return endpoint;
  }

  private all(tenantId: string): Promise<readonly WebhookEndpoint[]> {
    return this.runner.read(webhookEndpointStream, tenantId, ({ endpoints }) => [
      ...endpoints.values(),
    ]);
  }

  private async sealed(endpointId: string, url: string, headers: OpenSettings['headers']) {
    const named = lowerCased(headers);
    const problem = headersProblem(named);
    if (problem !== undefined) throw new DomainFailure(problem);
    const target = await seal(this.dataKeys, endpointId, url);
    return { target, headers: await sealHeaders(this.dataKeys, endpointId, named) };
  }

  /** @param unused keys of what a command that is refused does not need */
  private async run(
    tenantId: string,
    command: WebhookEndpointCommand,
    context: CommandContext,
    unused: readonly string[] = [],
  ): Promise<void> {
    const result = await this.runner.run(webhookEndpointStream, tenantId, command, context);
    if (result.kind !== 'rejected') return;
    await this.dataKeys.destroy(unused);
    throw new DomainFailure(result.error);
  }
}

function shownKey(secret: string, publicKey: string | null): ShownKey {
  return { secret: publicKey === null ? secret : null, publicKey };
}

function noSuchEndpoint(id: string): DomainFailure {
  return new DomainFailure(domainError('not_found', `there is no webhook ${id}`));
}

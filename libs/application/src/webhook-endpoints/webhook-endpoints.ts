import { randomBytes } from 'node:crypto';
import { domainError, type SealedSecret, type WebhookEndpoint } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { sealText, unsealText } from '../confidential/index.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { webhookEndpointStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { newId } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import type { DataKey, DataKeys } from '../ports/data-keys.js';
import { CLOCK, DATA_KEYS } from '../ports/tokens.js';

/** An endpoint as its owner may see it: without the secret. */
export interface OpenEndpoint extends Pick<WebhookEndpoint, 'scheme' | 'events' | 'registeredAt'> {
  readonly id: string;
  readonly url: string;
}

/** Where one delivery goes and what it is signed with. */
export interface EndpointTarget extends Pick<WebhookEndpoint, 'scheme'> {
  readonly url: string;
  readonly secret: string;
}

export interface NewEndpoint extends Pick<WebhookEndpoint, 'scheme' | 'events'> {
  /** Judged already: public, or allowed by the operator. */
  readonly url: string;
}

/** Endpoints that tenants have registered. URLs and secrets leave the process sealed only. */
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
    { url, scheme, events }: NewEndpoint,
    context: CommandContext,
  ): Promise<OpenEndpoint & { readonly secret: string }> {
    const now = this.clock.now();
    const id = newId('whk', now.getTime());
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    const registeredAt = now.toISOString();
    const target = await this.seal(id, url);
    const signingSecret = await this.seal(id, secret);
    const endpoint = { endpointId: id, scheme, events, target, signingSecret, registeredAt };
    const command = { type: 'RegisterWebhookEndpoint', endpoint } as const;
    const result = await this.runner.run(webhookEndpointStream, tenantId, command, context);
    if (result.kind === 'rejected') {
      await this.dataKeys.destroy([target.dataKeyId, signingSecret.dataKeyId]);
      throw new DomainFailure(result.error);
    }
    return { id, url, scheme, events, registeredAt, secret };
  }

  /** In the order in which they were registered. */
  async list(tenantId: string): Promise<readonly OpenEndpoint[]> {
    const endpoints = await this.all(tenantId);
    const keys = await this.dataKeys.open(endpoints.map(({ target }) => target.dataKeyId));
    return endpoints.flatMap(({ endpointId: id, target, scheme, events, registeredAt }) => {
      const url = opened(keys, id, target);
      return url === undefined ? [] : [{ id, url, scheme, events, registeredAt }];
    });
  }

  /** @throws DomainFailure not_found */
  async get(tenantId: string, endpointId: string): Promise<OpenEndpoint> {
    const endpoint = (await this.list(tenantId)).find(({ id }) => id === endpointId);
    if (endpoint === undefined) throw noSuchEndpoint(endpointId);
    return endpoint;
  }

  /** Undefined when it was removed. */
  async target(tenantId: string, endpointId: string): Promise<EndpointTarget | undefined> {
    const endpoint = (await this.all(tenantId)).find((one) => one.endpointId === endpointId);
    if (endpoint === undefined) return undefined;
    const { target, signingSecret, scheme } = endpoint;
    const keys = await this.dataKeys.open([target.dataKeyId, signingSecret.dataKeyId]);
    const url = opened(keys, endpointId, target);
    const secret = opened(keys, endpointId, signingSecret);
    return url === undefined || secret === undefined ? undefined : { url, secret, scheme };
  }

  /** Messages that wait for it are not sent any more. @throws DomainFailure not_found */
  async remove(tenantId: string, endpointId: string, context: CommandContext): Promise<void> {
    const endpoint = (await this.all(tenantId)).find((one) => one.endpointId === endpointId);
    if (endpoint === undefined) throw noSuchEndpoint(endpointId);
    const reason = 'removed by the tenant';
    const command = { type: 'RemoveWebhookEndpoint', endpointId, reason } as const;
    const result = await this.runner.run(webhookEndpointStream, tenantId, command, context);
    if (result.kind === 'rejected') throw noSuchEndpoint(endpointId);
    const { target, signingSecret } = endpoint;
    await this.dataKeys.destroy([target.dataKeyId, signingSecret.dataKeyId]);
  }

  private all(tenantId: string): Promise<readonly WebhookEndpoint[]> {
    return this.runner.read(webhookEndpointStream, tenantId, ({ endpoints }) => [
      ...endpoints.values(),
    ]);
  }

  private async seal(endpointId: string, text: string): Promise<SealedSecret> {
    const key = await this.dataKeys.take();
    return { sealed: sealText(key, text, endpointId), dataKeyId: key.id };
  }
}

function opened(
  keys: ReadonlyMap<string, DataKey>,
  endpointId: string,
  { sealed, dataKeyId }: SealedSecret,
): string | undefined {
  const key = keys.get(dataKeyId);
  return key && unsealText(key, sealed, endpointId);
}

function noSuchEndpoint(id: string): DomainFailure {
  return new DomainFailure(domainError('not_found', `there is no webhook ${id}`));
}

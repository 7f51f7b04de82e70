import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { webhookMessageStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { newId } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import { CLOCK, WEBHOOK_QUEUE } from '../ports/tokens.js';
import type { WorkQueue } from '../ports/work-queue.js';
import { WebhookEndpoints } from '../webhook-endpoints/index.js';
import { deliveryItem } from './message-identities.js';

/** Tries an endpoint with a message like any other: the same guard, signature, log and retries. */
@Injectable()
export class WebhookTests {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly endpoints: WebhookEndpoints,
    @Inject(WEBHOOK_QUEUE) private readonly queue: WorkQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns id of the message. @throws DomainFailure not_found */
  async send(tenantId: string, endpointId: string, context: CommandContext): Promise<string> {
    await this.endpoints.get(tenantId, endpointId);
    const messageId = newId('msg', this.clock.now().getTime());
    const about = { kind: 'test', id: endpointId } as const;
    const message = { tenantId, about, endpointId, event: 'webhook.test', sequence: null } as const;
    const command = { type: 'CreateWebhookMessage', message } as const;
    const result = await this.runner.run(webhookMessageStream, messageId, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    await this.queue.enqueue([deliveryItem(messageId, tenantId)]);
    return messageId;
  }
}

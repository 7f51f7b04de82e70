import { domainError } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { webhookMessageStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { WEBHOOK_QUEUE } from '../ports/tokens.js';
import type { WorkQueue } from '../ports/work-queue.js';
import { deliveryItem } from './message-identities.js';

/**
 * Sends a message again, whatever became of it, under its old id and with a fresh retry schedule. An attempt
 * under way loses its lease: it may still reach the receiver, and another one follows it.
 */
@Injectable()
export class WebhookRedelivery {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(WEBHOOK_QUEUE) private readonly queue: WorkQueue,
  ) {}

  /** @throws DomainFailure not_found, conflict when what it was about is deleted */
  async redeliver(tenantId: string, messageId: string, context: CommandContext): Promise<void> {
    const owner = await this.runner.read(
      webhookMessageStream,
      messageId,
      (state) => state.tenantId,
    );
    if (owner !== tenantId) throw noSuchMessage(messageId);
    const reason = 'asked for by the tenant';
    const command = { type: 'RequestRedelivery', reason, recoveryId: null } as const;
    const result = await this.runner.run(webhookMessageStream, messageId, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    await this.queue.remove([messageId]);
    await this.queue.enqueue([deliveryItem(messageId, tenantId)]);
  }
}

function noSuchMessage(id: string): DomainFailure {
  return new DomainFailure(domainError('not_found', `there is no webhook message ${id}`));
}

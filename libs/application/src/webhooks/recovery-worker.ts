import type { WebhookRecovery } from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { type CommandContext, causedBy } from '../command-context.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { webhookMessageStream, webhookRecoveryStream } from '../deciding/stream-types.js';
import type { WebhookMessageIndex } from '../ports/webhook-message-index.js';
import type { WorkQueue } from '../ports/work-queue.js';
import { deliveryItem, RECOVERY_LANE } from './message-identities.js';

const PAGE = 100;
/** With a page each time: messages are asked for more slowly than they are sent. */
const PACE_MS = 250;

/**
 * Works recoveries off, a page of messages for each event of theirs: the event that says how far one has
 * got is what its next page is made for. A crash repeats a page at most, and a message that was asked for
 * and not sent yet is not asked for again.
 */
export class WebhookRecoveryWorker implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'webhook-recoveries';
  readonly categories = ['webhookRecovery'];
  readonly minimumIntervalMs = PACE_MS;

  constructor(
    private readonly runner: DeciderRunner,
    private readonly messages: WebhookMessageIndex,
    private readonly queue: WorkQueue,
  ) {}

  async react(recorded: RecordedEvent): Promise<void> {
    const event = toDomainEvent(recorded);
    if (event.type === 'WebhookRecoveryRequested') {
      await this.goOn(event.data.recoveryId, 0, recorded);
    } else if (event.type === 'WebhookRecoveryAdvanced') {
      await this.goOn(event.data.recoveryId, event.data.page, recorded);
    }
  }

  /** Unless a later event of the same recovery takes it from there. */
  private async goOn(recoveryId: string, pages: number, recorded: RecordedEvent): Promise<void> {
    const tenantId = streamId(recorded.stream);
    const recovery = await this.runner.read(webhookRecoveryStream, tenantId, ({ recoveries }) => {
      const known = recoveries.get(recoveryId);
      return known && { ...known };
    });
    if (recovery?.status !== 'running' || recovery.pages !== pages) return;
    await this.recoverPage(tenantId, recovery, causedBy(recorded, this.name));
  }

  private async recoverPage(
    tenantId: string,
    recovery: WebhookRecovery,
    context: CommandContext,
  ): Promise<void> {
    const { recoveryId, pages, cursor: after } = recovery;
    const { ids, next: cursor } = await this.messages.recoverable(tenantId, recovery, after, PAGE);
    const asked = await Promise.all(ids.map((id) => this.ask(id, recoveryId, context)));
    const again = ids.filter((_, index) => asked[index]);
    if (again.length > 0) {
      await this.queue.remove(again);
      await this.queue.enqueue(again.map((id) => deliveryItem(id, tenantId, RECOVERY_LANE)));
    }
    const progress = { page: pages + 1, looked: ids.length, recovered: again.length, cursor };
    const command = { type: 'AdvanceRecovery', recoveryId, ...progress } as const;
    const result = await this.runner.run(webhookRecoveryStream, tenantId, command, context);
    if (result.kind === 'rejected') throw new Error(result.error.message);
  }

  /** @returns false for one that is on its way already, and for one whose content is gone */
  private async ask(id: string, recoveryId: string, context: CommandContext): Promise<boolean> {
    const reason = 'asked for by a recovery';
    const command = { type: 'RequestRedelivery', reason, recoveryId } as const;
    const result = await this.runner.run(webhookMessageStream, id, command, context);
    return result.kind === 'accepted' && result.events.length > 0;
  }
}

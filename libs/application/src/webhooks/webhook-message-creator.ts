import {
  endpointSchemes,
  listeningEndpoints,
  type MessageSubject,
  type WebhookEventName,
} from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { causedBy } from '../command-context.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { webhookEndpointStream, webhookMessageStream } from '../deciding/stream-types.js';
import type { GenerationView } from '../generations/generation-view.js';
import { loadGeneration } from '../generations/load-generation.js';
import { derivedId } from '../identifiers.js';
import type { EventStore } from '../ports/event-store.js';
import type { WorkItem, WorkQueue } from '../ports/work-queue.js';

const TERMINAL = new Set(['GenerationSucceeded', 'GenerationFailed', 'GenerationCancelled']);

/** One message for the outcome of a generation, under the same id however often it is made. */
export function webhookMessageId(generationId: string): string {
  return derivedId('msg', generationId, 'outcome');
}

/** One message for each endpoint that hears of the outcome. */
export function endpointMessageId(generationId: string, endpointId: string): string {
  return derivedId('msg', generationId, 'outcome', endpointId);
}

/** In the words of endpoints; one that was cancelled has failed to make anything. */
export function outcomeEvent(eventType: string): WebhookEventName {
  return eventType === 'GenerationSucceeded' ? 'generation.completed' : 'generation.failed';
}

/** One message for each time that a balance fell low. */
export function lowBalanceMessageId(tenantId: string, crossing: number): string {
  return derivedId('msg', tenantId, 'low balance', `${crossing}`);
}

export const deliveryItem = (id: string, tenantId: string): WorkItem => ({
  id,
  tenantId,
  lane: 'webhook',
  cost: 1,
});

/**
 * Makes the message of each generation that ended and asked for one, and of each balance that fell low, and
 * queues it. The stream comes
 * first, then the queue: a crash between the two repeats both, and the queue leaves an item it has as it
 * is. A redelivery whose caller could not queue it any more is queued here too.
 */
export class WebhookMessageCreator implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'webhook-message-creator';
  readonly categories = ['generation', 'balanceAlert', 'webhookMessage'];
  /** Every attempt is an event here too: who delivers many of them should not look after each. */
  readonly minimumIntervalMs = 25;
  private items: WorkItem[] = [];

  constructor(
    private readonly runner: DeciderRunner,
    private readonly store: EventStore,
    private readonly queue: WorkQueue,
  ) {}

  async react(event: RecordedEvent): Promise<void> {
    const id = streamId(event.stream);
    if (TERMINAL.has(event.type)) await this.tellOutcome(id, event);
    else if (event.type === 'BalanceFellLow') await this.tellLowBalance(id, event);
    else if (event.type === 'WebhookRedeliveryRequested') await this.queueIfPending(id);
  }

  async flush(): Promise<void> {
    const items = this.items;
    this.items = [];
    if (items.length > 0) await this.queue.enqueue(items);
  }

  private async tellOutcome(generationId: string, event: RecordedEvent): Promise<void> {
    const view = await loadGeneration(this.store, generationId);
    if (view === undefined || view.erased) return;
    const about = { kind: 'generation', id: generationId } as const;
    const { tenantId } = view;
    if (view.webhook) await this.create(webhookMessageId(generationId), tenantId, about, event);
    for (const endpointId of await this.listening(view, event)) {
      const id = endpointMessageId(generationId, endpointId);
      await this.create(id, tenantId, about, event, endpointId);
    }
  }

  /** Endpoints hear of what was asked for in their own dialect: no other one is read for them. */
  private async listening(
    { dialect, tenantId }: GenerationView,
    { type, metadata }: RecordedEvent,
  ): Promise<readonly string[]> {
    if (!(endpointSchemes as readonly string[]).includes(dialect)) return [];
    return this.runner.read(webhookEndpointStream, tenantId, (state) =>
      listeningEndpoints(state, outcomeEvent(type), metadata.occurredAt)
        .filter(({ scheme }) => scheme === dialect)
        .map(({ endpointId }) => endpointId),
    );
  }

  private async tellLowBalance(tenantId: string, recorded: RecordedEvent): Promise<void> {
    const event = toDomainEvent(recorded);
    if (event.type !== 'BalanceFellLow') return;
    const { crossing } = event.data;
    const about = { kind: 'low_balance', id: `${crossing}` } as const;
    await this.create(lowBalanceMessageId(tenantId, crossing), tenantId, about, recorded);
  }

  private async create(
    id: string,
    tenantId: string,
    about: MessageSubject,
    event: RecordedEvent,
    endpointId: string | null = null,
  ): Promise<void> {
    const command = { type: 'CreateWebhookMessage', tenantId, about, endpointId } as const;
    const context = causedBy(event, this.name);
    const result = await this.runner.run(webhookMessageStream, id, command, context);
    if (result.kind === 'rejected') throw new Error(result.error.message);
    const isNew = result.kind === 'accepted' && result.events.length > 0;
    if (isNew) this.items.push(deliveryItem(id, tenantId));
    else await this.queueIfPending(id);
  }

  private async queueIfPending(id: string): Promise<void> {
    const { status, tenantId } = await this.runner.read(webhookMessageStream, id, (state) => ({
      ...state,
    }));
    if (status === 'pending') this.items.push(deliveryItem(id, tenantId));
  }
}

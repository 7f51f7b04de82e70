import {
  listeningEndpoints,
  type MessageSubject,
  type WebhookEndpointState,
  type WebhookEventName,
} from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { causedBy } from '../command-context.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { webhookEndpointStream, webhookMessageStream } from '../deciding/stream-types.js';
import { loadGeneration } from '../generations/load-generation.js';
import type { EventStore } from '../ports/event-store.js';
import type { WorkItem, WorkQueue } from '../ports/work-queue.js';
import {
  deliveryItem,
  endpointMessageId,
  generationEvents,
  LIVE_LANE,
  lowBalanceMessageId,
  noticeMessageId,
  RECOVERY_LANE,
  webhookMessageId,
} from './message-identities.js';

/** What happened, for receivers. */
interface Occurrence {
  readonly tenantId: string;
  readonly about: MessageSubject;
  readonly name: WebhookEventName;
  /** Of the generation it is about; null for what is told alike in every dialect. */
  readonly dialect: string | null;
  readonly recorded: RecordedEvent;
}

/**
 * Makes the messages of what happened: one for a generation that ended and asked for one, one for a balance
 * that fell low, and one for each endpoint that listens. The stream comes first, then the queue: a crash
 * between the two repeats both, and the queue leaves an item it has as it is. A redelivery whose caller
 * could not queue it any more is queued here too.
 */
export class WebhookMessageCreator implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'webhook-message-creator';
  readonly categories = ['generation', 'balanceAlert', 'webhookEndpoint', 'webhookMessage'];
  /** Every attempt is an event here too: who delivers many of them should not look after each. */
  readonly minimumIntervalMs = 25;
  private items: WorkItem[] = [];

  constructor(
    private readonly runner: DeciderRunner,
    private readonly store: EventStore,
    private readonly queue: WorkQueue,
  ) {}

  async react(recorded: RecordedEvent): Promise<void> {
    const id = streamId(recorded.stream);
    const name = generationEvents[recorded.type];
    if (name !== undefined) return this.tellOfGeneration(id, name, recorded);
    if (recorded.type === 'BalanceFellLow') return this.tellOfBalance(id, recorded);
    if (recorded.type === 'WebhookEndpointDisabled') return this.tellOfEndpoint(id, recorded);
    if (recorded.type === 'WebhookRedeliveryRequested') return this.queueIfPending(id);
  }

  async flush(): Promise<void> {
    const items = this.items;
    this.items = [];
    if (items.length > 0) await this.queue.enqueue(items);
  }

  private async tellOfGeneration(
    generationId: string,
    name: WebhookEventName,
    recorded: RecordedEvent,
  ): Promise<void> {
    const view = await loadGeneration(this.store, generationId);
    if (view === undefined || view.erased) return;
    const { tenantId, dialect, webhook } = view;
    const about = { kind: 'generation', id: generationId } as const;
    const occurrence = { tenantId, about, name, dialect, recorded };
    const asksForOne = webhook && name !== 'generation.started';
    if (asksForOne) await this.create(webhookMessageId(generationId), occurrence);
    await this.tellEndpoints(occurrence);
  }

  private async tellOfBalance(tenantId: string, recorded: RecordedEvent): Promise<void> {
    const event = toDomainEvent(recorded);
    if (event.type !== 'BalanceFellLow') return;
    const { crossing } = event.data;
    const about = { kind: 'low_balance', id: `${crossing}` } as const;
    const name = 'account.low_balance';
    const occurrence = { tenantId, about, name, dialect: null, recorded } as const;
    await this.create(lowBalanceMessageId(tenantId, crossing), occurrence);
    await this.tellEndpoints(occurrence);
  }

  /** Whoever asked for it knows. */
  private async tellOfEndpoint(tenantId: string, recorded: RecordedEvent): Promise<void> {
    const event = toDomainEvent(recorded);
    if (event.type !== 'WebhookEndpointDisabled' || event.data.cause === 'asked') return;
    const about = { kind: 'endpoint', id: event.data.endpointId } as const;
    const name = 'endpoint.disabled';
    await this.tellEndpoints({ tenantId, about, name, dialect: null, recorded });
  }

  private async tellEndpoints(occurrence: Occurrence): Promise<void> {
    const { tenantId, about, name, recorded } = occurrence;
    const listening = await this.runner.read(webhookEndpointStream, tenantId, (state) =>
      endpointsThatHear(occurrence, state),
    );
    for (const endpointId of listening) {
      const id =
        about.kind === 'generation'
          ? endpointMessageId(about.id, endpointId, name)
          : noticeMessageId(recorded.eventId, endpointId);
      await this.create(id, occurrence, endpointId);
    }
  }

  private async create(
    id: string,
    { tenantId, about, name, recorded }: Occurrence,
    endpointId: string | null = null,
  ): Promise<void> {
    const message = { tenantId, about, endpointId, event: name, sequence: null };
    const command = { type: 'CreateWebhookMessage', message } as const;
    const context = causedBy(recorded, this.name);
    const result = await this.runner.run(webhookMessageStream, id, command, context);
    if (result.kind === 'rejected') throw new Error(result.error.message);
    const isNew = result.kind === 'accepted' && result.events.length > 0;
    if (isNew) this.items.push(deliveryItem(id, tenantId));
    else await this.queueIfPending(id);
  }

  private async queueIfPending(id: string): Promise<void> {
    const message = await this.runner.read(webhookMessageStream, id, (state) => ({ ...state }));
    const { status, tenantId, recoveryId } = message;
    const lane = recoveryId === null ? LIVE_LANE : RECOVERY_LANE;
    if (status === 'pending') this.items.push(deliveryItem(id, tenantId, lane));
  }
}

/**
 * Endpoints of the xavira dialect hear of what was asked for in it, where a generation that was cancelled
 * has failed; the others hear of everything.
 */
function endpointsThatHear(
  { name, dialect, recorded }: Occurrence,
  state: WebhookEndpointState,
): readonly string[] {
  const { occurredAt } = recorded.metadata;
  const nameInXavira = name === 'generation.cancelled' ? 'generation.failed' : name;
  const isXavira = dialect === 'xavira';
  const inXavira = isXavira ? listeningEndpoints(state, nameInXavira, occurredAt) : [];
  const hearing = [
    ...inXavira.filter(({ scheme }) => scheme === 'xavira'),
    ...listeningEndpoints(state, name, occurredAt).filter(({ scheme }) => scheme !== 'xavira'),
  ];
  return hearing.map(({ endpointId }) => endpointId);
}

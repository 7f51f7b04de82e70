import type { WebhookEndpoint, WebhookEventName } from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { causedBy } from '../command-context.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { webhookEndpointStream, webhookMessageStream } from '../deciding/stream-types.js';
import { loadGeneration } from '../generations/load-generation.js';
import type { EndpointTraffic } from '../ports/endpoint-traffic.js';
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
import { endpointsThatHear, lineOf, type Occurrence } from './occurrence.js';

/** Of a message whose URL came with its subject. */
const NOWHERE = { endpointId: null, sequence: null };

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
    private readonly traffic: EndpointTraffic,
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
    if (view === undefined) return;
    if (view.erased) return this.leaveLines(view.tenantId, generationId);
    const { tenantId, dialect, webhook } = view;
    const about = { kind: 'generation', id: generationId } as const;
    const occurrence = { tenantId, about, name, dialect, recorded };
    const asksForOne = webhook && name !== 'generation.started';
    if (asksForOne) await this.create(webhookMessageId(generationId), occurrence, NOWHERE);
    await this.tellEndpoints(occurrence);
  }

  private async tellOfBalance(tenantId: string, recorded: RecordedEvent): Promise<void> {
    const event = toDomainEvent(recorded);
    if (event.type !== 'BalanceFellLow') return;
    const { crossing } = event.data;
    const about = { kind: 'low_balance', id: `${crossing}` } as const;
    const name = 'account.low_balance';
    const occurrence = { tenantId, about, name, dialect: null, recorded } as const;
    await this.create(lowBalanceMessageId(tenantId, crossing), occurrence, NOWHERE);
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
    for (const endpoint of listening) {
      const { endpointId } = endpoint;
      const id =
        about.kind === 'generation'
          ? endpointMessageId(about.id, endpointId, name)
          : noticeMessageId(recorded.eventId, endpointId);
      await this.createInLine(id, occurrence, endpoint);
    }
  }

  /** One that was in line and never made would be waited for in vain. */
  private async leaveLines(tenantId: string, generationId: string): Promise<void> {
    const known = await this.runner.read(webhookEndpointStream, tenantId, ({ endpoints }) => [
      ...endpoints.keys(),
    ]);
    const ids = known.flatMap((id) => [
      endpointMessageId(generationId, id, 'generation.started'),
      endpointMessageId(generationId, id),
    ]);
    if (ids.length === 0) return;
    const next = await this.traffic.leave(ids);
    this.items.push(...next.map((each) => deliveryItem(each.messageId, each.tenantId)));
  }

  /** What died between the two is in line without a stream: it is made when its event comes again. */
  private async createInLine(
    messageId: string,
    occurrence: Occurrence,
    endpoint: WebhookEndpoint,
  ): Promise<void> {
    const status = await this.runner.read(webhookMessageStream, messageId, (state) => state.status);
    if (status !== 'none' && status !== 'pending') return;
    const { tenantId, about } = occurrence;
    const { endpointId } = endpoint;
    const line = lineOf(endpoint, about);
    const place = await this.traffic.join({ messageId, endpointId, tenantId, line });
    const { sequence, isItsTurn } = place;
    await this.create(messageId, occurrence, { endpointId, sequence }, isItsTurn);
  }

  private async create(
    id: string,
    { tenantId, about, name, recorded }: Occurrence,
    place: { readonly endpointId: string | null; readonly sequence: number | null },
    isDue = true,
  ): Promise<void> {
    const message = { tenantId, about, ...place, event: name };
    const command = { type: 'CreateWebhookMessage', message } as const;
    const context = causedBy(recorded, this.name);
    const result = await this.runner.run(webhookMessageStream, id, command, context);
    if (result.kind === 'rejected') throw new Error(result.error.message);
    if (!isDue) return;
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

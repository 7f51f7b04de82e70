import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import type { Reactor } from '../consuming/consumer.js';
import type { EndpointTraffic } from '../ports/endpoint-traffic.js';
import type { WorkQueue } from '../ports/work-queue.js';
import { deliveryItem, RECOVERY_LANE } from './message-identities.js';

const PAGE = 500;

/**
 * Has sent what waited while an endpoint was disabled, in its order and behind what is live: as fast as
 * recoveries are. One that was removed is forgotten with all that waits for it.
 */
export class EndpointCatchUp implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'webhook-endpoint-catch-up';
  readonly categories = ['webhookEndpoint'];
  /** Its events are few, and every commit of a busy store would have it look for some. */
  readonly minimumIntervalMs = 250;

  constructor(
    private readonly traffic: EndpointTraffic,
    private readonly queue: WorkQueue,
  ) {}

  async react(recorded: RecordedEvent): Promise<void> {
    const event = toDomainEvent(recorded);
    if (event.type === 'WebhookEndpointEnabled') {
      await this.catchUp(streamId(recorded.stream), event.data.endpointId);
    } else if (event.type === 'WebhookEndpointRemoved') {
      await this.forget(event.data.endpointId);
    }
  }

  /** What waited for its turn is looked at once more, to be withdrawn. */
  private async forget(endpointId: string): Promise<void> {
    const waited = await this.traffic.forget(endpointId);
    for (let at = 0; at < waited.length; at += PAGE) {
      const page = waited.slice(at, at + PAGE);
      await this.queue.enqueue(page.map((each) => deliveryItem(each.messageId, each.tenantId)));
    }
  }

  /** Whoever enables it says that it works: what is known of its failures is of before. */
  private async catchUp(tenantId: string, endpointId: string): Promise<void> {
    await this.traffic.heal(endpointId);
    let behind = 0;
    for (;;) {
      const page = await this.traffic.waiting(endpointId, behind, PAGE);
      const ids = page.map(({ messageId }) => messageId);
      // Those that were put off until it may be enabled again are due now.
      await this.queue.remove(ids);
      await this.queue.enqueue(ids.map((id) => deliveryItem(id, tenantId, RECOVERY_LANE)));
      behind = page.at(-1)?.sequence ?? behind;
      if (page.length < PAGE) return;
    }
  }
}

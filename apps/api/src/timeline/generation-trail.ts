import { EVENT_STORE, type EventStore } from '@imprest/application';
import { type RecordedEvent, streamName } from '@imprest/event-catalogue';
import { LedgerQueries, WebhookQueries } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';

const MOST_OF_A_STREAM = 500;
const MOST_ENTRIES = 50;
const MOST_MESSAGES = 50;

/** All that the streams of several services say of one generation, in the order of the store. */
export interface Trail {
  readonly events: readonly RecordedEvent[];
  /** More has happened than it holds. */
  readonly cut: boolean;
}

type Wanted = (event: RecordedEvent) => boolean;

/**
 * Gathers what happened to one generation. Its own streams are read as they are; which facts of the account and which
 * webhook messages are about it the read models know, which follow within moments.
 */
@Injectable()
export class GenerationTrail {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly ledger: LedgerQueries,
    private readonly messages: WebhookQueries,
  ) {}

  /** Also of one that was erased. @param wanted all events when absent. */
  async of(tenantId: string, generationId: string, wanted: Wanted = () => true): Promise<Trail> {
    const about = { tenantId, generationId };
    const { items, nextCursor } = await this.messages.listMessages({
      ...about,
      limit: MOST_MESSAGES,
    });
    const streams = [
      streamName('generation', generationId),
      streamName('job', generationId),
      ...items.map(({ id }) => streamName('webhookMessage', id)),
    ];
    const parts = [await this.ofAccount(tenantId, generationId)];
    for (const stream of streams) parts.push(await this.ofStream(stream, wanted));
    const events = parts.flatMap((part) => part.events);
    return {
      events: events.sort((a, b) => (a.position < b.position ? -1 : 1)),
      cut: nextCursor !== null || parts.some(({ cut }) => cut),
    };
  }

  private async ofStream(stream: string, wanted: Wanted): Promise<Trail> {
    const events: RecordedEvent[] = [];
    for await (const page of this.store.readStream(stream)) {
      events.push(...page.filter(wanted));
      if (events.length > MOST_OF_A_STREAM) break;
    }
    return { events: events.slice(0, MOST_OF_A_STREAM), cut: events.length > MOST_OF_A_STREAM };
  }

  /** An account may be as long as its tenant is busy: its journal knows where to look. */
  private async ofAccount(tenantId: string, generationId: string): Promise<Trail> {
    const entries = await this.ledger.entries({ tenantId, generationId, limit: MOST_ENTRIES });
    const stream = streamName('tokenAccount', tenantId);
    const events: RecordedEvent[] = [];
    for (const { revision: fromRevision } of entries.items) {
      for await (const page of this.store.readStream(stream, { fromRevision, maxCount: 1 })) {
        events.push(...page);
      }
    }
    return { events, cut: entries.nextCursor !== null };
  }
}

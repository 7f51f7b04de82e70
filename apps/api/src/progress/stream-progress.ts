import {
  DomainFailure,
  EVENT_STORE,
  type EventStore,
  type GenerationView,
  loadGeneration,
} from '@imprest/application';
import { validationError } from '@imprest/domain';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { GenerationRecords } from '@imprest/generation-records';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EventStream } from './event-stream.js';
import { GenerationFeed } from './generation-feed.js';
import { PlaceWatch } from './place-watch.js';
import { progressMessage } from './progress-message.js';
import { isTerminalEvent } from './wait-for-outcome.js';

/** Streams what happens to one generation until it ends; ids are store positions. */
@Injectable()
export class ProgressStreams implements OnModuleDestroy {
  private readonly open = new Set<EventStream>();

  constructor(
    private readonly feed: GenerationFeed,
    private readonly places: PlaceWatch,
    private readonly records: GenerationRecords,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** @param lastEventId of the last event the caller has; everything after it is sent. */
  async stream(
    view: GenerationView,
    lastEventId: string | undefined,
    reply: FastifyReply,
  ): Promise<void> {
    const after = lastEventId === undefined ? -1n : positionOf(lastEventId);
    const stream = new EventStream(reply);
    if (!stream.open) return;
    this.open.add(stream);
    let stop = () => {};
    const unplace = this.tellPlace(view, stream);
    reply.raw.once('close', () => {
      this.open.delete(stream);
      unplace();
      stop();
    });
    const listener = (event: RecordedEvent) => {
      const message = progressMessage(event);
      if (message !== undefined && event.position > after) {
        stream.send(event.position.toString(), message.event, message.data);
      }
      if (event.type === 'JobLeased') unplace();
      if (isTerminalEvent(event.type)) void this.finish(view.id, event, stream);
    };
    try {
      stop = await this.feed.watch(view.id, listener);
      if (!stream.open) stop();
    } catch {
      stream.end();
    }
  }

  /** Ends open streams so that the process can stop; clients reconnect elsewhere with their last id. */
  onModuleDestroy(): void {
    for (const stream of this.open) stream.end();
  }

  /** While it waits in the queue; a place is no event that could be sent again. */
  private tellPlace(view: GenerationView, stream: EventStream): () => void {
    if (view.status !== 'queued') return () => {};
    return this.places.watch(view, (place) => stream.send(undefined, 'queue', place));
  }

  private async finish(id: string, event: RecordedEvent, stream: EventStream): Promise<void> {
    try {
      const view = await loadGeneration(this.store, id);
      const record = view && (await this.records.render(view));
      if (record) stream.send(event.position.toString(), record.status, record);
    } finally {
      stream.end();
    }
  }
}

function positionOf(lastEventId: string): bigint {
  if (/^\d{1,18}$/.test(lastEventId)) return BigInt(lastEventId);
  throw new DomainFailure(validationError('Last-Event-ID', 'must be an id of this stream'));
}

import {
  DomainFailure,
  EVENT_STORE,
  type EventStore,
  type GenerationView,
  loadGeneration,
  type ShownPreview,
} from '@imprest/application';
import { isTerminal, validationError } from '@imprest/domain';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { GenerationRecords } from '@imprest/generation-records';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EventStream } from './event-stream.js';
import { GenerationFeed } from './generation-feed.js';
import { PlaceWatch } from './place-watch.js';
import { PreviewWatch } from './preview-watch.js';
import { progressMessage } from './progress-message.js';
import { isTerminalEvent } from './wait-for-outcome.js';

export interface ProgressWanted {
  /** Id of the last event the caller has; everything after it is sent. */
  readonly lastEventId: string | undefined;
  /** Whether to send what images look like before they are finished. */
  readonly previews: boolean;
}

/** Streams what happens to one generation until it ends; ids are store positions. */
@Injectable()
export class ProgressStreams implements OnModuleDestroy {
  private readonly open = new Set<EventStream>();

  constructor(
    private readonly feed: GenerationFeed,
    private readonly places: PlaceWatch,
    private readonly previews: PreviewWatch,
    private readonly records: GenerationRecords,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async stream(
    view: GenerationView,
    { lastEventId, previews }: ProgressWanted,
    reply: FastifyReply,
  ): Promise<void> {
    const after = lastEventId === undefined ? -1n : positionOf(lastEventId);
    const stream = new EventStream(reply);
    if (!stream.open) return;
    this.open.add(stream);
    let stop = () => {};
    let unplace = () => {};
    let isInLine = view.status === 'queued';
    const unlook = previews ? this.showPreviews(view, stream) : () => {};
    reply.raw.once('close', () => {
      this.open.delete(stream);
      unplace();
      unlook();
      stop();
    });
    const listener = (event: RecordedEvent) => {
      const message = progressMessage(event);
      if (message !== undefined && event.position > after) {
        stream.send(event.position.toString(), message.event, message.data);
      }
      if (event.type === 'JobLeased') {
        isInLine = false;
        unplace();
      }
      if (!isTerminalEvent(event.type)) return;
      unlook();
      void this.finish(view.id, event, stream);
    };
    try {
      stop = await this.feed.watch(view.id, listener);
      if (!stream.open) stop();
      // Its place comes behind the news that it is queued.
      else if (isInLine) unplace = this.tellPlace(view, stream);
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
    return this.places.watch(view, ({ queue, waiting }) =>
      stream.send(undefined, 'queue', { ...queue, waiting }),
    );
  }

  /** They are of the moment as well. A reader that has yet to take the last one is spared the next. */
  private showPreviews(view: GenerationView, stream: EventStream): () => void {
    if (isTerminal(view.status)) return () => {};
    return this.previews.watch(view.id, (preview) => {
      if (!stream.isBehind) stream.send(undefined, 'preview', previewData(preview));
    });
  }

  private async finish(id: string, event: RecordedEvent, stream: EventStream): Promise<void> {
    try {
      const view = await loadGeneration(this.store, id);
      const record = view && (await this.records.render(view));
      if (record) stream.send(event.position.toString(), record.status, record);
    } catch {
      // Whoever is told no end comes back with the id of the last event, and is told it then.
    } finally {
      stream.end();
    }
  }
}

/** The picture comes along: no URL that could be handed on, and none that could outlive it. */
function previewData({ index, step, steps, width, height, mediaType, bytes }: ShownPreview) {
  const url = `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
  return { index, step, of: steps, width, height, url };
}

function positionOf(lastEventId: string): bigint {
  if (/^\d{1,18}$/.test(lastEventId)) return BigInt(lastEventId);
  throw new DomainFailure(validationError('Last-Event-ID', 'must be an id of this stream'));
}

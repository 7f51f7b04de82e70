import type { EventStore, ReadAllOptions } from '@imprest/application';
import type { DomainEvent } from '@imprest/domain';
import {
  definitionOf,
  type RecordedEvent,
  streamCategory,
  streamName,
  toEnvelope,
} from '@imprest/event-catalogue';
import { type FixedClock, fixedClock } from '../fixed-clock.js';

const PAGE_SIZE = 100;

/** A store's history as a test wants it: events in the order they were recorded, one second apart. */
export class RecordedLog implements Pick<EventStore, 'readAll' | 'head'> {
  readonly events: RecordedEvent[] = [];
  readonly clock: FixedClock = fixedClock();
  /** Of what is recorded next. */
  correlationId = 'req_of_the_test';
  private readonly revisions = new Map<string, number>();

  /** Records events of one stream; the event's type says its category. Answers what was recorded. */
  record(id: string, ...events: readonly DomainEvent[]): readonly RecordedEvent[] {
    return events.map((event) => this.recordOne(id, event));
  }

  async *readAll(options: ReadAllOptions): AsyncIterable<readonly RecordedEvent[]> {
    const { after, upTo = await this.head(), categories, pageSize = PAGE_SIZE } = options;
    const wanted = this.events.filter(
      ({ position, stream }) =>
        position > after &&
        position <= upTo &&
        (categories?.includes(streamCategory(stream)) ?? true),
    );
    for (let at = 0; at < wanted.length; at += pageSize) yield wanted.slice(at, at + pageSize);
  }

  async head(): Promise<bigint> {
    return this.events.at(-1)?.position ?? 0n;
  }

  /** The same history in a real store, which knows it now and gives it positions of its own. */
  async appendTo(store: Pick<EventStore, 'append'>): Promise<void> {
    for (const { stream, revision, position, recordedAt, ...event } of this.events) {
      const result = await store.append([
        { stream, expectedRevision: revision - 1, events: [event] },
      ]);
      if (result.kind === 'conflict')
        throw new Error(`${stream} has a revision ${revision} already`);
    }
  }

  private recordOne(id: string, event: DomainEvent): RecordedEvent {
    this.clock.advance(1_000);
    const stream = streamName(definitionOf(event.type).category, id);
    const revision = (this.revisions.get(stream) ?? -1) + 1;
    this.revisions.set(stream, revision);
    const position = BigInt(this.events.length + 1);
    const metadata = {
      correlationId: this.correlationId,
      causationId: this.correlationId,
      occurredAt: this.clock.isoNow(),
      actor: { kind: 'system', id: 'test' },
    } as const;
    const eventId = `00000000-0000-7000-8000-${String(position).padStart(12, '0')}`;
    const recorded = {
      ...toEnvelope(event, eventId, metadata),
      ...{ stream, revision, position, recordedAt: this.clock.now() },
    };
    this.events.push(recorded);
    return recorded;
  }
}

import {
  CLOCK,
  type Clock,
  correlationOf,
  DomainFailure,
  EVENT_STORE,
  type EventSelection,
  type EventStore,
  eventAt,
  eventPlace,
  loadGeneration,
  searchEvents,
} from '@imprest/application';
import { domainError } from '@imprest/domain';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { AuditTrailQueries, StorePositions } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import { recordedEventView } from '../../events/recorded-event-view.js';
import { GenerationTrail } from '../../timeline/generation-trail.js';

/** A call that takes longer answers what it has seen. */
export const LONGEST_MS = 2_000;
const MOST_TRACED = 500;
/** What a trace that says no time goes back. */
const DAY_MS = 86_400_000;
/** Events that are looked at for one of which only the id is known, from the time on that the id says. */
const MOST_NEAR = 50_000;

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export interface EventQuestion extends EventSelection {
  /** Exclusive; goes before `since`. */
  readonly position?: bigint;
  readonly limit: number;
}

export interface StreamQuestion {
  readonly stream: string;
  readonly from?: number;
  readonly limit: number;
  readonly direction: 'forwards' | 'backwards';
}

/** What is in the event store, whichever engine it is, a bounded look at a time. */
@Injectable()
export class EventBrowser {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly positions: StorePositions,
    private readonly audit: AuditTrailQueries,
    private readonly trail: GenerationTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainFailure not_found for a stream without any such event */
  async stream({ stream, from: fromRevision, limit, direction }: StreamQuestion) {
    const events: RecordedEvent[] = [];
    const range = { fromRevision, maxCount: limit + 1, direction };
    for await (const page of this.store.readStream(stream, range)) events.push(...page);
    if (events.length === 0) throw none(`there is no such event in ${stream}`);
    const next = events[limit]?.revision ?? null;
    return { stream, events: events.slice(0, limit).map(recordedEventView), nextRevision: next };
  }

  async search({ position, limit, ...selection }: EventQuestion) {
    const after = position ?? (await this.startOf(selection.since));
    const signal = AbortSignal.timeout(LONGEST_MS);
    const found = await searchEvents(this.store, { selection, after, limit, signal });
    return {
      events: found.events.map(recordedEventView),
      lookedAt: found.lookedAt,
      position: found.position.toString(),
      head: found.head.toString(),
      finished: found.finished,
    };
  }

  /**
   * By `STREAM@REVISION`, which is one look, or by its id, which says when it was made.
   * @throws DomainFailure not_found
   */
  async event(reference: string) {
    const event = await this.find(reference);
    if (event === undefined) throw none(`there is no event ${reference}`);
    return recordedEventView(event);
  }

  async find(reference: string): Promise<RecordedEvent | undefined> {
    const place = eventPlace(reference);
    if (place !== undefined) return eventAt(this.store, place);
    const id = reference.toLowerCase();
    if (!UUID_V7.test(id)) return undefined;
    const done = await this.audit.find(id);
    if (done !== undefined) return eventAt(this.store, done);
    return this.near(id, new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16)));
  }

  /** One request through all services: at once when it made a generation, else step by step through the store. */
  async trace(id: string, position: bigint | undefined, since: Date | undefined) {
    const generation = position === undefined ? await loadGeneration(this.store, id) : undefined;
    if (generation !== undefined) {
      const { tenantId } = generation;
      const { events, cut } = await this.trail.of(tenantId, id);
      const correlationId = await correlationOf(this.store, id);
      const whole = { lookedAt: events.length, position: null, head: null, finished: !cut };
      return { correlationId, generationId: id, events: events.map(recordedEventView), ...whole };
    }
    const from = since ?? new Date(this.clock.now().getTime() - DAY_MS);
    const asked = { correlation: id, since: from, limit: MOST_TRACED, position };
    return { correlationId: id, generationId: null, ...(await this.search(asked)) };
  }

  private startOf(since: Date | undefined): Promise<bigint> | bigint {
    return since === undefined ? 0n : this.positions.before(since);
  }

  private async near(eventId: string, at: Date): Promise<RecordedEvent | undefined> {
    const after = await this.positions.before(at);
    const signal = AbortSignal.timeout(LONGEST_MS);
    const range = { selection: { eventId }, after, limit: 1, most: MOST_NEAR, signal };
    return (await searchEvents(this.store, range)).events[0];
  }
}

const none = (message: string) => new DomainFailure(domainError('not_found', message));

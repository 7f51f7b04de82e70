import { domainError, type ParkEvent } from '@imprest/domain';
import type { CommandContext } from '../command-context.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { consumerStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { derivedId } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import type {
  ParkedFilter,
  ParkedPage,
  ParkedRequest,
  ParkedStream,
  ParkedStreams,
} from '../ports/parked-streams.js';
import type { Consumer } from './consumer.js';
import { MOST_POISONED, type PoisonEvent } from './poison-isolation.js';

const LONGEST_REASON = 500;

/** More streams of one consumer are parked than events can be at fault for. */
export class TooManyParked extends Error {
  override readonly name = 'TooManyParked';
  constructor(consumer: string, cause: unknown) {
    super(
      `${consumer} has ${MOST_POISONED} parked streams: it stops rather than park one more, after ${describe(cause)}`,
      { cause },
    );
  }
}

/**
 * Parked streams as facts: the consumer's own stream says who parked, retried, skipped and released
 * what, and why; the table is what consumers look them up in. The fact comes first: no change without one.
 */
export class Parking {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly streams: ParkedStreams,
    private readonly clock: Clock,
  ) {}

  /** @throws TooManyParked, and whatever an engine fails with */
  async park(consumer: Consumer, { event, error, attempts }: PoisonEvent): Promise<void> {
    const { stream, revision, eventId, type: eventType } = event;
    const parked = await this.streams.of(consumer.name);
    const isNew = parked.every((each) => each.stream !== stream);
    if (isNew && parked.length >= MOST_POISONED) throw new TooManyParked(consumer.name, error);
    const what = { stream, revision, eventId, eventType, kind: consumer.kind, attempts };
    const command: ParkEvent = { type: 'ParkEvent', parked: { ...what, failure: nameOf(error) } };
    await this.runner.run(consumerStream, consumer.name, command, itself(consumer.name, eventId));
    await this.streams.park({
      ...what,
      id: derivedId('prk', consumer.name, stream),
      consumer: consumer.name,
      reason: describe(error).slice(0, LONGEST_REASON),
      parkedAt: this.clock.now(),
    });
  }

  /** @param revision the first one that did not wait */
  async released(consumer: string, stream: string, revision: number): Promise<void> {
    const command = { type: 'ReleaseParkedStream', stream, revision } as const;
    await this.runner.run(consumerStream, consumer, command, itself(consumer, stream));
  }

  /** @throws InvalidCursor */
  list(filter: ParkedFilter): Promise<ParkedPage> {
    return this.streams.list(filter);
  }

  /** Has the consumer try again. @throws DomainFailure not_found, conflict */
  retry(id: string, reason: string, context: CommandContext): Promise<ParkedStream> {
    return this.decide(id, 'retry', reason, context);
  }

  /** Has a reactor do without the event. @throws DomainFailure not_found, conflict */
  skip(id: string, reason: string, context: CommandContext): Promise<ParkedStream> {
    return this.decide(id, 'skip', reason, context);
  }

  private async decide(
    id: string,
    action: ParkedRequest['action'],
    reason: string,
    context: CommandContext,
  ): Promise<ParkedStream> {
    const parked = await this.streams.find(id);
    if (parked === undefined) throw failure('not_found', 'there is nothing parked under this id');
    if (parked.request !== null) {
      if (parked.request.action === action) return parked;
      throw failure('conflict', `a ${parked.request.action} is under way`);
    }
    const { consumer, stream, revision } = parked;
    const type = action === 'retry' ? 'RetryParkedEvent' : 'SkipParkedEvent';
    const command = { type, stream, revision, reason } as const;
    const result = await this.runner.run(consumerStream, consumer, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    const request = { action, revision, reason, by: context.actor.id, at: this.clock.now() };
    if (!(await this.streams.request(id, request))) {
      throw failure('conflict', `${stream} has gone on meanwhile: look again`);
    }
    return { ...parked, request };
  }
}

function itself(consumer: string, cause: string): CommandContext {
  return { correlationId: cause, causationId: cause, actor: { kind: 'system', id: consumer } };
}

function failure(code: 'not_found' | 'conflict', message: string): DomainFailure {
  return new DomainFailure(domainError(code, message));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

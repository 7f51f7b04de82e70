import type { DomainEvent } from '@imprest/domain';
import { streamName } from '@imprest/event-catalogue';
import type { CommandContext } from '../command-context.js';
import type { StreamAppend } from '../ports/event-store.js';
import { type ActorServices, type RunResult, StreamActor } from './stream-actor.js';
import type { StreamType } from './stream-type.js';

export interface RunOptions {
  /**
   * Appends to other streams that must be there before this stream's events are. They are written
   * with them, and only when the command is accepted with events.
   */
  readonly precededBy?: readonly StreamAppend[];
}

// biome-ignore lint/suspicious/noExplicitAny: one map holds the actors of every stream type.
type AnyActor = StreamActor<any, any, any>;

const DEFAULT_CAPACITY = 20_000;
const NOTHING: readonly StreamAppend[] = [];

/**
 * The only read-fold-decide-append loop of the product. It keeps recently used streams in memory with
 * their revision, owns expected revisions and conflict retries, and makes commands on one stream
 * share appends (see StreamActor).
 */
export class DeciderRunner {
  private readonly actors = new Map<string, AnyActor>();

  constructor(
    private readonly services: ActorServices,
    private readonly capacity = DEFAULT_CAPACITY,
  ) {}

  /** @throws EventStoreUnavailable when the outcome is unknown; commands are safe to repeat. */
  run<Command, State, Event extends DomainEvent>(
    type: StreamType<Command, State, Event>,
    id: string,
    command: Command,
    context: CommandContext,
    options?: RunOptions,
  ): Promise<RunResult<Event>> {
    return this.actor(type, id).run(command, context, options?.precededBy ?? NOTHING);
  }

  /** The committed state; `select` must copy what it returns, the state itself goes on changing. */
  read<Command, State, Event extends DomainEvent, T>(
    type: StreamType<Command, State, Event>,
    id: string,
    select: (state: State, revision: number) => T,
  ): Promise<T> {
    return this.actor(type, id).read(select);
  }

  private actor<Command, State, Event extends DomainEvent>(
    type: StreamType<Command, State, Event>,
    id: string,
  ): StreamActor<Command, State, Event> {
    const stream = streamName(type.decider.category, id);
    let actor = this.actors.get(stream) as StreamActor<Command, State, Event> | undefined;
    if (actor === undefined) {
      actor = new StreamActor(stream, type, this.services);
      this.actors.set(stream, actor);
      if (this.actors.size > this.capacity) this.evict();
    }
    return actor;
  }

  /**
   * Goes through the tenth that came in first. Streams in frequent use go back to the end of the line, and
   * so do busy ones, since two actors of one stream would only conflict.
   */
  private evict(): void {
    let left = Math.ceil(this.capacity / 10);
    for (const [stream, actor] of this.actors) {
      if (left === 0) return;
      left -= 1;
      this.actors.delete(stream);
      if (actor.stays()) this.actors.set(stream, actor);
    }
  }
}

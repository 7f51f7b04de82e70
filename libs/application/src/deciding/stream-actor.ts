import type { Decision, DomainError, DomainEvent } from '@imprest/domain';
import { type EventEnvelope, type EventMetadata, toEnvelope } from '@imprest/event-catalogue';
import type { CommandContext } from '../command-context.js';
import { uuidV7 } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import type { AppendResult, StreamAppend } from '../ports/event-store.js';
import { FoldedStream, type FoldingServices } from './folded-stream.js';
import type { StreamType } from './stream-type.js';

export type RunResult<Event> =
  | {
      readonly kind: 'accepted';
      /** Empty when the command was a repeat. */
      readonly events: readonly Event[];
      readonly revision: number;
    }
  | { readonly kind: 'rejected'; readonly error: DomainError }
  /** A stream to be written before this one was not at the revision expected; nothing was written here. */
  | { readonly kind: 'preceded'; readonly streams: readonly string[] };

/** One thing to do on the stream: a command to decide, or a look at the state. */
interface Task<State, Event> {
  readonly context: CommandContext | undefined;
  readonly precededBy: readonly StreamAppend[];
  decide(state: State, revision: number): Decision<Event>;
  settle(result: RunResult<Event>): void;
  fail(error: unknown): void;
}

interface Answer<State, Event> {
  readonly task: Task<State, Event>;
  readonly result: RunResult<Event> | { readonly kind: 'thrown'; readonly error: unknown };
}

/** What a batch of tasks comes to on one state: true only once that state is proved current. */
interface Plan<State, Event> {
  readonly preceding: StreamAppend[];
  readonly envelopes: EventEnvelope[];
  readonly answers: Answer<State, Event>[];
}

export interface ActorServices extends FoldingServices {
  readonly clock: Clock;
}

const MAX_TASKS_PER_APPEND = 256;
/** Against another process that writes to the stream without a pause some races in a row are lost. */
const MAX_ATTEMPTS = 50;

/**
 * All commands of one stream in this process. While an append is under way the next commands queue
 * up; then they are decided one after the other over the evolving state and appended together. A
 * hot stream is therefore a batch, not a lock. Nothing is answered before the commit that proves the
 * state it was decided on.
 */
export class StreamActor<Command, State, Event extends DomainEvent> {
  private readonly stream: FoldedStream<Command, State, Event>;
  private queue: Task<State, Event>[] = [];
  private running = false;
  private runs = 0;

  constructor(
    name: string,
    private readonly type: StreamType<Command, State, Event>,
    private readonly services: ActorServices,
  ) {
    this.stream = new FoldedStream(name, type, services);
  }

  /** Whether to keep it in memory: it is busy, or came to life more than once since it was last asked. */
  stays(): boolean {
    const { runs } = this;
    this.runs = 0;
    return this.running || runs > 1;
  }

  run(
    command: Command,
    context: CommandContext,
    precededBy: readonly StreamAppend[],
  ): Promise<RunResult<Event>> {
    return new Promise((settle, fail) => {
      const decide = (state: State) => this.type.decider.decide(command, state);
      this.enqueue({ context, precededBy, decide, settle, fail });
    });
  }

  /** Looks at the state as committed at some moment after the call. */
  read<T>(select: (state: State, revision: number) => T): Promise<T> {
    return new Promise((resolve, fail) => {
      let selected: T;
      const decide = (state: State, revision: number): Decision<Event> => {
        selected = select(state, revision);
        return { kind: 'accepted', events: [] };
      };
      const settle = () => resolve(selected);
      this.enqueue({ context: undefined, precededBy: [], decide, settle, fail });
    });
  }

  private enqueue(task: Task<State, Event>): void {
    this.queue.push(task);
    if (this.running) return;
    this.running = true;
    this.runs += 1;
    // One turn of the event loop lets all requests that arrived together share the first append.
    setImmediate(() => void this.drain());
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) {
      const tasks = this.queue.splice(0, MAX_TASKS_PER_APPEND);
      try {
        await this.process(tasks);
      } catch (error) {
        this.stream.forget();
        for (const task of tasks) task.fail(error);
      }
    }
    this.running = false;
  }

  private async process(tasks: Task<State, Event>[]): Promise<void> {
    const { stream } = this;
    let remaining = tasks;
    let isCurrent = false;
    for (let attempt = 0; attempt < MAX_ATTEMPTS && remaining.length > 0; attempt += 1) {
      if (stream.needsCatchUp && !isCurrent) {
        await stream.catchUp();
        isCurrent = true;
      }
      const plan = this.plan(remaining);
      if (plan.envelopes.length > 0) {
        const result = await this.append(plan);
        if (result.kind === 'appended') {
          stream.committed();
          this.answer(plan);
          return;
        }
        stream.rollBack();
        isCurrent = false;
        remaining = this.answerPreceded(remaining, result.streams);
        continue;
      }
      // No commit proves this state current, so it must have been read after the tasks came in: a
      // refusal on an older one would be wrong.
      const wasCurrent = isCurrent || !(await stream.catchUp());
      isCurrent = true;
      if (!wasCurrent) continue;
      this.answer(plan);
      return;
    }
    if (remaining.length > 0) {
      throw new Error(`${stream.name} was in conflict ${MAX_ATTEMPTS} times in a row`);
    }
  }

  private append({ preceding, envelopes }: Plan<State, Event>): Promise<AppendResult> {
    const { name: stream, revision } = this.stream;
    const expectedRevision = revision - envelopes.length;
    const own = { stream, expectedRevision, events: envelopes };
    return this.services.store.append([...preceding, own]);
  }

  private plan(tasks: readonly Task<State, Event>[]): Plan<State, Event> {
    const plan: Plan<State, Event> = { preceding: [], envelopes: [], answers: [] };
    const now = this.services.clock.now();
    const unixMs = now.getTime();
    const occurredAt = now.toISOString();
    for (const task of tasks) {
      const decision = this.decide(task);
      if (decision.kind !== 'accepted') {
        plan.answers.push({ task, result: decision });
        continue;
      }
      const { events } = decision;
      if (events.length > 0) {
        plan.preceding.push(...task.precededBy);
        const metadata = metadataOf(task.context as CommandContext, occurredAt);
        for (const event of events) {
          this.stream.evolve(event);
          plan.envelopes.push(toEnvelope(event, uuidV7(unixMs), metadata));
        }
      }
      const { revision } = this.stream;
      plan.answers.push({ task, result: { kind: 'accepted', events, revision } });
    }
    return plan;
  }

  private decide(task: Task<State, Event>) {
    try {
      return task.decide(this.stream.state, this.stream.revision);
    } catch (error) {
      return { kind: 'thrown', error } as const;
    }
  }

  private answer({ answers }: Plan<State, Event>): void {
    for (const { task, result } of answers) {
      if (result.kind === 'thrown') task.fail(result.error);
      else task.settle(result);
    }
  }

  private answerPreceded(
    tasks: readonly Task<State, Event>[],
    streams: readonly string[],
  ): Task<State, Event>[] {
    const conflicting = new Set(streams);
    return tasks.filter((task) => {
      const lost = task.precededBy.filter(({ stream }) => conflicting.has(stream));
      if (lost.length === 0) return true;
      task.settle({ kind: 'preceded', streams: lost.map(({ stream }) => stream) });
      return false;
    });
  }
}

/** Spelt out: spreading a context for every command is measurable on a hot stream. */
function metadataOf(context: CommandContext, occurredAt: string): EventMetadata {
  const { correlationId, causationId, actor, traceparent } = context;
  if (traceparent === undefined) return { correlationId, causationId, occurredAt, actor };
  return { correlationId, causationId, occurredAt, actor, traceparent };
}

import type { Decision, DomainError, DomainEvent } from '@imprest/domain';
import { type EventEnvelope, toDomainEvent, toEnvelope } from '@imprest/event-catalogue';
import type { CommandContext } from '../command-context.js';
import { uuidV7 } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import { type EventStore, NO_STREAM, type StreamAppend } from '../ports/event-store.js';
import type { SnapshotStore } from '../ports/snapshot-store.js';
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
  decide(state: State): Decision<Event>;
  settle(result: RunResult<Event>): void;
  fail(error: unknown): void;
}

interface Plan<State, Event> {
  readonly appends: StreamAppend[];
  readonly envelopes: EventEnvelope[];
  readonly results: { readonly task: Task<State, Event>; readonly result: RunResult<Event> }[];
}

export interface ActorServices {
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
  readonly clock: Clock;
}

const MAX_TASKS_PER_APPEND = 256;
const MAX_ATTEMPTS = 20;

/**
 * All commands of one stream in this process. While an append is under way the next commands queue
 * up; then they are decided one after the other over the evolving state and appended together. A
 * hot stream is therefore a batch, not a lock. The state may hold events not yet committed, so
 * nothing is answered before the commit, and any conflict or error throws the state away.
 */
export class StreamActor<Command, State, Event extends DomainEvent> {
  private queue: Task<State, Event>[] = [];
  private running = false;
  private state: State | undefined;
  private revision = NO_STREAM;
  private snapshotRevision = NO_STREAM;

  constructor(
    private readonly stream: string,
    private readonly type: StreamType<Command, State, Event>,
    private readonly services: ActorServices,
  ) {}

  get idle(): boolean {
    return !this.running;
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
      const decide = (state: State): Decision<Event> => {
        selected = select(state, this.revision);
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
    // One turn of the event loop lets all requests that arrived together share the first append.
    setImmediate(() => void this.drain());
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) {
      const tasks = this.queue.splice(0, MAX_TASKS_PER_APPEND);
      try {
        await this.process(tasks);
      } catch (error) {
        this.state = undefined;
        for (const task of tasks) task.fail(error);
      }
    }
    this.running = false;
  }

  private async process(tasks: Task<State, Event>[]): Promise<void> {
    let remaining = tasks;
    for (let attempt = 0; attempt < MAX_ATTEMPTS && remaining.length > 0; attempt += 1) {
      if (this.state === undefined) await this.load();
      const plan = this.plan(remaining);
      if (plan.envelopes.length === 0) {
        // Nothing to append means that no commit proves the state current: a refusal on a stale one would be wrong.
        if (await this.catchUp()) continue;
        this.answer(plan);
        return;
      }
      const { stream } = this;
      const expectedRevision = this.revision;
      const own = { stream, expectedRevision, events: plan.envelopes };
      const result = await this.services.store.append([...plan.appends, own]);
      if (result.kind === 'appended') {
        this.revision += plan.envelopes.length;
        this.answer(plan);
        this.snapshotIfDue();
        return;
      }
      this.state = undefined;
      remaining = this.answerPreceded(remaining, result.streams);
    }
    if (remaining.length > 0) {
      throw new Error(`${this.stream} was in conflict ${MAX_ATTEMPTS} times in a row`);
    }
  }

  private plan(tasks: readonly Task<State, Event>[]): Plan<State, Event> {
    const plan: Plan<State, Event> = { appends: [], envelopes: [], results: [] };
    const now = this.services.clock.now();
    const occurredAt = now.toISOString();
    for (const task of tasks) {
      let decision: Decision<Event>;
      try {
        decision = task.decide(this.state as State);
      } catch (error) {
        task.fail(error);
        continue;
      }
      if (decision.kind === 'rejected') {
        plan.results.push({ task, result: decision });
        continue;
      }
      const { events } = decision;
      if (events.length > 0) {
        plan.appends.push(...task.precededBy);
        const metadata = { ...(task.context as CommandContext), occurredAt };
        for (const event of events) {
          this.state = this.type.decider.evolve(this.state as State, event);
          plan.envelopes.push(toEnvelope(event, uuidV7(now.getTime()), metadata));
        }
      }
      const revision = this.revision + plan.envelopes.length;
      plan.results.push({ task, result: { kind: 'accepted', events, revision } });
    }
    return plan;
  }

  private answer(plan: Plan<State, Event>): void {
    for (const { task, result } of plan.results) task.settle(result);
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

  private async load(): Promise<void> {
    const codec = this.type.snapshots;
    const snapshot = codec && (await this.services.snapshots.load(this.stream));
    if (codec && snapshot?.stateVersion === codec.stateVersion) {
      this.state = codec.fromJson(snapshot.state);
      this.revision = snapshot.revision;
      this.snapshotRevision = snapshot.revision;
    } else {
      this.state = this.type.decider.initialState();
      this.revision = NO_STREAM;
    }
    await this.catchUp();
  }

  /** Folds what others have appended since. True when there was something. */
  private async catchUp(): Promise<boolean> {
    const fromRevision = this.revision + 1;
    for await (const page of this.services.store.readStream(this.stream, { fromRevision })) {
      for (const recorded of page) {
        const event = toDomainEvent(recorded) as Event;
        this.state = this.type.decider.evolve(this.state as State, event);
        this.revision = recorded.revision;
      }
    }
    return this.revision >= fromRevision;
  }

  private snapshotIfDue(): void {
    const codec = this.type.snapshots;
    if (codec === undefined) return;
    if (this.revision - this.snapshotRevision < codec.everyEvents) return;
    this.snapshotRevision = this.revision;
    const { revision } = this;
    const state = codec.toJson(this.state as State);
    // A snapshot that is not written costs time at the next load, nothing else.
    this.services.snapshots
      .save(this.stream, { revision, stateVersion: codec.stateVersion, state })
      .catch(() => undefined);
  }
}

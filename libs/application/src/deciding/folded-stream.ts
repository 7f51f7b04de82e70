import type { DomainEvent } from '@imprest/domain';
import { toDomainEvent } from '@imprest/event-catalogue';
import { type EventStore, NO_STREAM } from '../ports/event-store.js';
import type { SnapshotStore } from '../ports/snapshot-store.js';
import type { StreamType } from './stream-type.js';

export interface FoldingServices {
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
}

/** Commits without a sign of other writers after which the stream counts as written here alone. */
const QUIET_COMMITS = 100;

/** A snapshot may write this many entries of the state for each event it saves folding. */
const ENTRIES_PER_EVENT = 4;

/**
 * The state of one stream, folded from the store and ahead of it by the events that are about to be
 * appended. Losing an append to another process means to take those events back, which a state folded
 * in place cannot do: it is read anew. Where that happens a spare state is kept that holds committed
 * events only, so that the next loss costs a copy and not the whole history.
 */
export class FoldedStream<Command, State, Event extends DomainEvent> {
  private current: State | undefined;
  private spare: State | undefined;
  private uncommitted: Event[] = [];
  private committedRevision = NO_STREAM;
  private quietCommitsLeft = 0;
  private snapshotRevision = NO_STREAM;
  private savingSnapshot = false;

  constructor(
    readonly name: string,
    private readonly type: StreamType<Command, State, Event>,
    private readonly services: FoldingServices,
  ) {}

  /** Only after `catchUp`. Holds the uncommitted events too. */
  get state(): State {
    return this.current as State;
  }

  /** Of the last event in the state, NO_STREAM when there is none. */
  get revision(): number {
    return this.committedRevision + this.uncommitted.length;
  }

  /** Whether there are, or lately were, other writers: deciding without a look at the store is likely in vain. */
  get needsCatchUp(): boolean {
    return this.current === undefined || this.quietCommitsLeft > 0;
  }

  /** Folds what the store has beyond it. True when there was something. */
  async catchUp(): Promise<boolean> {
    if (this.current === undefined) await this.restore();
    const fromRevision = this.committedRevision + 1;
    const { evolve } = this.type.decider;
    for await (const page of this.services.store.readStream(this.name, { fromRevision })) {
      for (const recorded of page) {
        const event = toDomainEvent(recorded) as Event;
        this.current = evolve(this.state, event);
        if (this.spare !== undefined) this.spare = evolve(this.spare, event);
        this.committedRevision = recorded.revision;
      }
    }
    const foundSome = this.committedRevision >= fromRevision;
    if (this.quietCommitsLeft > 0) {
      if (foundSome) this.quietCommitsLeft = QUIET_COMMITS;
      this.keepSpare();
    }
    return foundSome;
  }

  /** Goes ahead of the store by one event. */
  evolve(event: Event): void {
    this.current = this.type.decider.evolve(this.state, event);
    this.uncommitted.push(event);
  }

  /** The store has taken the uncommitted events. */
  committed(): void {
    const { uncommitted, type } = this;
    this.uncommitted = [];
    this.committedRevision += uncommitted.length;
    if (this.quietCommitsLeft > 0) this.quietCommitsLeft -= 1;
    if (this.quietCommitsLeft === 0) this.spare = undefined;
    if (this.spare !== undefined) {
      for (const event of uncommitted) this.spare = type.decider.evolve(this.spare, event);
    }
    this.snapshotIfDue();
  }

  /** Someone else was there first: takes the uncommitted events back. */
  rollBack(): void {
    this.current = this.spare;
    this.spare = undefined;
    this.uncommitted = [];
    this.quietCommitsLeft = QUIET_COMMITS;
  }

  /** After an error: neither what is committed nor what is folded is certain. */
  forget(): void {
    this.current = undefined;
    this.spare = undefined;
    this.uncommitted = [];
  }

  /** Streams without snapshots are short: reading them anew is as good as a copy. */
  private keepSpare(): void {
    const codec = this.type.snapshots;
    if (codec === undefined || this.spare !== undefined) return;
    this.spare = codec.fromJson(codec.toJson(this.state));
  }

  private async restore(): Promise<void> {
    const codec = this.type.snapshots;
    const snapshot = codec && (await this.services.snapshots.load(this.name));
    if (codec && snapshot?.stateVersion === codec.stateVersion) {
      this.current = codec.fromJson(snapshot.state);
      this.committedRevision = snapshot.revision;
      this.snapshotRevision = snapshot.revision;
    } else {
      this.current = this.type.decider.initialState();
      this.committedRevision = NO_STREAM;
    }
  }

  private snapshotIfDue(): void {
    const codec = this.type.snapshots;
    if (codec === undefined || this.savingSnapshot) return;
    const revision = this.committedRevision;
    const events = revision - this.snapshotRevision;
    if (events < codec.everyEvents || events < codec.entries(this.state) / ENTRIES_PER_EVENT)
      return;
    this.snapshotRevision = revision;
    this.savingSnapshot = true;
    const { stateVersion } = codec;
    // A snapshot that is not written costs time at the next load, nothing else.
    this.services.snapshots
      .save(this.name, { revision, stateVersion, state: codec.toJson(this.state) })
      .catch(() => undefined)
      .finally(() => {
        this.savingSnapshot = false;
      });
  }
}

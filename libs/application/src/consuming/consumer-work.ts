import type { RecordedEvent } from '@imprest/event-catalogue';
import type { CheckpointStore, Standing } from '../ports/checkpoint-store.js';
import type { Consumer, Projector, Reactor } from './consumer.js';
import type { StreamReader } from './missing-events.js';
import { newEvents, notBehind, progressOf } from './new-events.js';
import { reactTo } from './react-to.js';

/** What to do next, chosen in view of what was done. */
export interface Chosen {
  readonly events: readonly RecordedEvent[];
  /** Everything up to here is processed once these are. */
  readonly settled?: bigint;
  /** A parked stream that goes on as all others do. */
  readonly released?: string;
}

export type Choose = (standing: Standing) => Promise<Chosen>;

/** Processing events and putting on record that they were, as the kind of the consumer demands. */
export interface ConsumerWork {
  /** The position to go on from. */
  load(): Promise<bigint>;
  /** By position: a batch in store order that leaves nothing out. */
  advance(events: readonly RecordedEvent[], position: bigint): Promise<void>;
  /** By revision: what `choose` picks, and it picks nothing that was processed before. */
  accept(choose: Choose): Promise<void>;
  /** What is on record may have been changed by another way than this one. */
  refresh(): void;
}

export function workOf(consumer: Consumer, checkpoints: CheckpointStore): ConsumerWork {
  return consumer.kind === 'projector'
    ? new ProjectorWork(consumer, checkpoints)
    : new ReactorWork(consumer, checkpoints);
}

/** Processes all of a delivery by revision that is new, with what is missing before it. */
export async function acceptAll(
  work: ConsumerWork,
  store: StreamReader,
  events: readonly RecordedEvent[],
): Promise<void> {
  let complete = events.length === 0;
  while (!complete) {
    await work.accept(async (standing) => {
      const found = await newEvents(events, standing, store);
      complete = found.complete;
      return { events: found.events };
    });
  }
}

/** What is new is found out in the transaction that writes the rows, while no other one can be under way. */
class ProjectorWork implements ConsumerWork {
  constructor(
    private readonly projector: Projector,
    private readonly checkpoints: CheckpointStore,
  ) {}

  load(): Promise<bigint> {
    return this.checkpoints.load(this.projector.name);
  }

  async advance(events: readonly RecordedEvent[], position: bigint): Promise<void> {
    const { projector, checkpoints } = this;
    await checkpoints.advance(projector.name, position, async (transaction, standing) => {
      const fresh = await notBehind(events, standing);
      if (fresh.length > 0) await projector.project(fresh, transaction);
    });
  }

  async accept(choose: Choose): Promise<void> {
    const { projector, checkpoints } = this;
    await checkpoints.accept(projector.name, async (transaction, standing) => {
      const { events, ...more } = await choose(standing);
      if (events.length > 0) await projector.project(events, transaction);
      return { processed: progressOf(events), ...more };
    });
  }

  refresh(): void {}
}

/**
 * Reacts first and puts it on record afterwards: what was not put on record comes again.
 *
 * By position one process has the consumer to itself, so that what is on record is read once and
 * remembered, unless a stream is parked: any process may take up such a stream again.
 */
class ReactorWork implements ConsumerWork {
  private known: Standing | undefined;

  constructor(
    private readonly reactor: Reactor,
    private readonly checkpoints: CheckpointStore,
  ) {}

  async load(): Promise<bigint> {
    this.known = await this.checkpoints.standing(this.reactor.name);
    return this.known.position;
  }

  async advance(events: readonly RecordedEvent[], position: bigint): Promise<void> {
    const { reactor, checkpoints } = this;
    if (events.length > 0) {
      const fresh = await notBehind(events, await this.standing());
      if (fresh.length > 0) await reactTo(reactor, fresh);
    }
    await checkpoints.save(reactor.name, position);
  }

  async accept(choose: Choose): Promise<void> {
    const { reactor, checkpoints } = this;
    const { events, ...more } = await choose(await checkpoints.standing(reactor.name));
    if (events.length > 0) await reactTo(reactor, events);
    await checkpoints.record(reactor.name, { processed: progressOf(events), ...more });
  }

  refresh(): void {
    this.known = undefined;
  }

  private async standing(): Promise<Standing> {
    const { known } = this;
    const isPlain =
      known !== undefined && known.parked.size === 0 && known.reached <= known.position;
    if (!isPlain) this.known = await this.checkpoints.standing(this.reactor.name);
    return this.known as Standing;
  }
}

import {
  type CopyTarget,
  NO_STREAM,
  START_OF_STORE,
  type StreamAppend,
  TargetInUse,
} from '@imprest/application';
import type { StoredEvent } from '@imprest/event-catalogue';
import { encodeAppend } from '../append/encoded-append.js';
import { Connection } from '../connection/connection.js';
import type { PositionPair } from '../positions/position-map.js';
import { POSITIONS_STREAM, positionEvents } from '../positions/stored-positions.js';
import { EventReader } from '../read/event-reader.js';
import { copiedWrites } from './copied-writes.js';
import { CopyBroken, OrderedWriter } from './ordered-writer.js';

export interface EventStoreDbCopyTargetOptions {
  readonly connectionString: string;
  /** Longest wait for the answer to one request; 10,000 when absent. */
  readonly answerTimeoutMs?: number;
  /** When the positions are written down. */
  readonly now: () => Date;
}

/** One pair leads to a thousand events: as many are read in vain at most before the one asked for. */
const EVENTS_PER_PAIR = 1_000;
const EVENTS_PER_APPEND = 20;

/** An EventStoreDB or KurrentDB that takes over everything another store holds. */
export class EventStoreDbCopyTarget implements CopyTarget {
  private readonly reader: EventReader;
  private readonly writer: OrderedWriter;
  private pairs: readonly PositionPair[] | undefined;

  private constructor(
    private readonly connection: Connection,
    private readonly options: EventStoreDbCopyTargetOptions,
  ) {
    const { answerTimeoutMs = 10_000 } = options;
    this.reader = new EventReader(connection, answerTimeoutMs);
    this.writer = new OrderedWriter(connection, answerTimeoutMs);
  }

  /** @throws EventStoreUnavailable */
  static async open(options: EventStoreDbCopyTargetOptions): Promise<EventStoreDbCopyTarget> {
    const target = new EventStoreDbCopyTarget(new Connection(options.connectionString), options);
    try {
      await target.reader.head();
      return target;
    } catch (error) {
      await target.close();
      throw error;
    }
  }

  async copiedUpTo(): Promise<bigint> {
    const last = await this.reader.last();
    if (last === undefined) return START_OF_STORE;
    if (last.isMoved) return last.stored.position;
    const { revision, stream } = last.stored;
    throw new TargetInUse(`the target holds an event of its own: event ${revision} of ${stream}`);
  }

  async copy(events: readonly StoredEvent[]): Promise<void> {
    this.pairs = undefined;
    await this.writer.write(copiedWrites(events));
  }

  async *readCopies(): AsyncGenerator<readonly StoredEvent[]> {
    const found: PositionPair[] = [];
    let events = 0;
    let last: PositionPair | undefined;
    for await (const page of this.reader.readCopies()) {
      for (const { stored, commit } of page.filter(({ isMoved }) => isMoved)) {
        last = { position: stored.position, commit };
        if (events % EVENTS_PER_PAIR === 0) found.push(last);
        events += 1;
      }
      yield page.map(({ stored }) => stored);
    }
    if (last !== undefined && found.at(-1) !== last) found.push(last);
    this.pairs = found;
  }

  async complete(): Promise<void> {
    if (this.pairs === undefined) for await (const _ of this.readCopies());
    const pairs = this.pairs ?? [];
    const last = pairs.at(-1);
    if (last !== undefined && last.commit < last.position) {
      throw new CopyBroken(
        `position ${last.position} is beyond the target's ${last.commit}: new events would come before it`,
      );
    }
    const events = positionEvents(pairs, this.options.now().toISOString());
    for (let from = 0; from < events.length; from += EVENTS_PER_APPEND) {
      const append: StreamAppend = {
        stream: POSITIONS_STREAM,
        expectedRevision: from === 0 ? NO_STREAM : from - 1,
        events: events.slice(from, from + EVENTS_PER_APPEND),
      };
      await this.writer.write(encodeAppend([append]).writes);
    }
  }

  async close(): Promise<void> {
    this.writer.close();
    await this.connection.close();
  }
}

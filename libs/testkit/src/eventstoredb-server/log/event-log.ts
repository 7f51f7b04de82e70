import {
  type AppendDecision,
  decideAppend,
  type ExpectedRevision,
  type StreamState,
} from './append-decision.js';
import { type ProposedEvent, recordSize, type StoredEvent } from './stored-event.js';

/** What one append wrote: all of it is in the log, or nothing. */
export interface WrittenBatch {
  readonly stream: string;
  readonly events: readonly StoredEvent[];
}

export type AppendAnswer =
  | { readonly kind: 'success'; readonly revision: number; readonly position: number }
  | Exclude<AppendDecision, { kind: 'write' } | { kind: 'idempotent' }>;

/** The log begins behind a header, so position 0 is before every event. */
const FIRST_POSITION = 128;
/** The server keeps the ids of recent events too, for appends that expect any revision. */
const RECENT_EVENTS = 100_000;
const TOMBSTONE = '$streamDeleted';
const METADATA = '$metadata';

interface MutableStream extends StreamState {
  events: StoredEvent[];
  firstRevision: number;
  tombstoned: boolean;
}

/**
 * All events in the order of their positions, and their streams. Appends are judged by everything written;
 * readers see what is kept for certain.
 */
export class EventLog {
  private readonly events: StoredEvent[] = [];
  private readonly streams = new Map<string, MutableStream>();
  private readonly recent = new Map<string, StoredEvent>();
  private readonly followers = new Set<() => void>();
  private end = FIRST_POSITION;
  private kept = 0;
  private lastWrite: Promise<void> = Promise.resolve();

  /** @param persist is given every batch in order; the answer waits for it. */
  constructor(private readonly persist?: (batch: WrittenBatch) => Promise<void>) {}

  /** How many events can be read. */
  get length(): number {
    return this.kept;
  }

  /** @param index below `length` */
  at(index: number): StoredEvent {
    return this.events[index] as StoredEvent;
  }

  stream(name: string): StreamState | undefined {
    const stream = this.streams.get(name);
    const firstUnkept = this.events[this.kept]?.position;
    if (stream === undefined || firstUnkept === undefined) return stream;
    const events = stream.events.filter(({ position }) => position < firstUnkept);
    return events.length === 0 ? undefined : { ...stream, events };
  }

  async append(
    stream: string,
    expected: ExpectedRevision,
    proposed: readonly ProposedEvent[],
  ): Promise<AppendAnswer> {
    const find = (id: string) => this.recent.get(id);
    const decision = decideAppend(this.streams.get(stream), expected, proposed, find);
    if (decision.kind === 'idempotent') {
      const { revision, position } = decision.last;
      await this.lastWrite;
      return { kind: 'success', revision, position };
    }
    if (decision.kind !== 'write') return decision;
    const last = await this.write(stream, decision.firstRevision, proposed);
    const position = last?.position ?? this.end;
    return { kind: 'success', revision: last?.revision ?? decision.firstRevision - 1, position };
  }

  /** The stream's events are gone from its reads, not from the log; it can be appended to again. */
  async delete(stream: string, expected: ExpectedRevision): Promise<AppendAnswer> {
    const decision = decideAppend(this.streams.get(stream), expected, [], () => undefined);
    if (decision.kind === 'streamDeleted' || decision.kind === 'wrongExpectedRevision') {
      return decision;
    }
    const metadata = Buffer.from('{"$tb":9223372036854775807}');
    return this.append(`$$${stream}`, 'any', [systemEvent(METADATA, metadata)]);
  }

  /** The stream can never be read or appended to again. */
  async tombstone(stream: string, expected: ExpectedRevision): Promise<AppendAnswer> {
    return this.append(stream, expected, [systemEvent(TOMBSTONE, Buffer.alloc(0))]);
  }

  /** A batch from a file, written before. */
  restore({ stream, events }: WrittenBatch): void {
    for (const event of events) this.add(stream, event);
    const last = events.at(-1);
    this.kept = this.events.length;
    if (last !== undefined) this.end = last.position + recordSize(last, stream);
  }

  /**
   * Index of the first event at or after a position; undefined when no event begins there although the
   * log goes on: the server refuses such a position as well.
   */
  indexOf(position: number): number | undefined {
    let [low, high] = [0, this.kept];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle).position < position) low = middle + 1;
      else high = middle;
    }
    return low === this.kept || this.at(low).position === position ? low : undefined;
  }

  /** Calls back after each batch until the returned function is called. */
  onWritten(wake: () => void): () => void {
    this.followers.add(wake);
    return () => this.followers.delete(wake);
  }

  private async write(stream: string, firstRevision: number, proposed: readonly ProposedEvent[]) {
    const created = `${Date.now()}0000`;
    const events = proposed.map((event, n): StoredEvent => {
      const position = this.end;
      this.end += recordSize(event, stream);
      return { ...event, stream, revision: firstRevision + n, position, created };
    });
    // Counted at once, so that the next append is judged by it; told to readers once it is kept.
    for (const event of events) this.add(stream, event);
    const keep = () => {
      this.kept += events.length;
      for (const wake of this.followers) wake();
    };
    if (this.persist === undefined) {
      keep();
    } else {
      this.lastWrite = this.persist({ stream, events }).then(keep);
      await this.lastWrite;
    }
    return events.at(-1);
  }

  private add(name: string, event: StoredEvent): void {
    let stream = this.streams.get(name);
    if (stream === undefined) {
      stream = { events: [], firstRevision: 0, tombstoned: false };
      this.streams.set(name, stream);
    }
    this.events.push(event);
    stream.events.push(event);
    this.recent.set(event.id, event);
    if (this.recent.size > RECENT_EVENTS) {
      for (const [oldest] of this.recent) {
        this.recent.delete(oldest);
        break;
      }
    }
    if (event.type === TOMBSTONE) stream.tombstoned = true;
    else if (event.type === METADATA && name.startsWith('$$')) this.truncate(name.slice(2), event);
  }

  private truncate(name: string, { data }: StoredEvent): void {
    const stream = this.streams.get(name);
    if (stream === undefined || !Buffer.from(data).includes('"$tb"')) return;
    stream.firstRevision = stream.events.length;
  }
}

function systemEvent(type: string, data: Uint8Array): ProposedEvent {
  const metadata = Buffer.alloc(0);
  return { id: crypto.randomUUID(), type, contentType: 'application/json', data, metadata };
}

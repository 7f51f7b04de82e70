import { createHash } from 'node:crypto';
import type { StoredEvent } from '@imprest/event-catalogue';
import type { EventStore } from '../ports/event-store.js';
import { START_OF_STORE } from '../ports/event-store.js';
import { storedEventReader } from '../ports/stored-event-reader.js';
import type { OnCopyProgress } from './copy-progress.js';
import type { CopyTarget } from './copy-target.js';

export interface CompareOptions {
  readonly source: Pick<EventStore, 'readAll'>;
  readonly target: Pick<CopyTarget, 'readCopies'>;
  /** Position of the last event to compare. */
  readonly upTo: bigint;
  readonly onProgress?: OnCopyProgress;
}

export interface ComparedStores {
  readonly events: number;
  readonly streams: number;
  /** SHA-256 over every field of every event in store order, hexadecimal; the same for both stores. */
  readonly hash: string;
  /** Of the first event; undefined when there is none. */
  readonly firstEventId: string | undefined;
}

/** The first place at which the copy is not what was copied. */
export class StoresDiffer extends Error {
  override readonly name = 'StoresDiffer';
}

const FIELDS = [
  ...(['position', 'stream', 'revision', 'eventId', 'type'] as const),
  ...(['version', 'data', 'metadata', 'recordedAt'] as const),
] as const;
const TELL_EVERY = 1_000;

/**
 * Reads both stores side by side, once, and compares every field of every event at its place.
 * @throws StoresDiffer
 */
export async function compareStores(options: CompareOptions): Promise<ComparedStores> {
  const { source, target, upTo, onProgress } = options;
  const hash = createHash('sha256');
  const copies = eventsOf(target.readCopies());
  const found = { events: 0, streams: 0, firstEventId: undefined as string | undefined };
  const originals = storedEventReader(source).readStored({ after: START_OF_STORE, upTo });
  for await (const page of originals) {
    for (const original of page) {
      const { value: copy } = await copies.next();
      compare(original, copy);
      hash.update(canonical(original));
      found.firstEventId ??= original.eventId;
      found.events += 1;
      if (original.revision === 0) found.streams += 1;
      if (found.events % TELL_EVERY === 0) {
        const { position } = original;
        onProgress?.({ step: 'comparing', events: found.events, position, upTo });
      }
    }
  }
  const { value: extra } = await copies.next();
  if (extra !== undefined) {
    throw new StoresDiffer(`the copy goes on with ${describe(extra)}, and the source does not`);
  }
  onProgress?.({ step: 'comparing', events: found.events, position: upTo, upTo });
  return { ...found, hash: hash.digest('hex') };
}

async function* eventsOf(
  pages: AsyncIterable<readonly StoredEvent[]>,
): AsyncGenerator<StoredEvent, undefined> {
  for await (const page of pages) yield* page;
  return undefined;
}

function compare(original: StoredEvent, copy: StoredEvent | undefined): void {
  if (copy === undefined) {
    throw new StoresDiffer(`the copy ends before ${describe(original)}`);
  }
  for (const field of FIELDS) {
    if (text(original[field]) === text(copy[field])) continue;
    throw new StoresDiffer(
      `${describe(original)} has another ${field} in the copy, where ${describe(copy)} is`,
    );
  }
}

/** Length-prefixed, so that no two events read alike. */
function canonical(event: StoredEvent): string {
  return FIELDS.map((field) => {
    const value = text(event[field]);
    return `${value.length}:${value}`;
  }).join('');
}

function text(value: StoredEvent[(typeof FIELDS)[number]]): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

function describe({ stream, revision, position }: StoredEvent): string {
  return `event ${revision} of ${stream} at position ${position}`;
}

import type { EventStore } from '../ports/event-store.js';
import { storedEventReader } from '../ports/stored-event-reader.js';
import type { OnCopyProgress } from './copy-progress.js';
import { type CopyTarget, TargetInUse } from './copy-target.js';

export interface CopyOptions {
  readonly source: Pick<EventStore, 'readAll' | 'head'>;
  readonly target: CopyTarget;
  readonly onProgress?: OnCopyProgress;
  /** Ends the copy behind the page under way; it goes on from there the next time. */
  readonly signal?: AbortSignal;
}

export interface CopiedEvents {
  /** Copied by this call. */
  readonly events: number;
  /** Everything of the source up to here is in the target. */
  readonly position: bigint;
}

const PAGE = 1_000;

/**
 * Copies what the target does not have yet, up to the source's head at the time of the call. Where it goes
 * on is read from the target itself, so it can be interrupted at any moment and repeated.
 * @throws TargetInUse, EventStoreUnavailable
 */
export async function copyStore(options: CopyOptions): Promise<CopiedEvents> {
  const { source, target, onProgress, signal } = options;
  const upTo = await source.head();
  let position = await target.copiedUpTo();
  if (position > upTo) {
    throw new TargetInUse(
      `the target holds events up to position ${position}, and the source ends at ${upTo}: they do not belong together`,
    );
  }
  let events = 0;
  const tell = () => onProgress?.({ step: 'copying', events, position, upTo });
  tell();
  const pages = storedEventReader(source).readStored({ after: position, upTo, pageSize: PAGE });
  for await (const page of pages) {
    await target.copy(page);
    events += page.length;
    position = page.at(-1)?.position ?? position;
    tell();
    if (signal?.aborted) return { events, position };
  }
  return { events, position: upTo };
}

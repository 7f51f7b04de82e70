import type { RecordedEvent } from '@imprest/event-catalogue';

type PlaceInStream = Pick<RecordedEvent, 'stream' | 'revision'>;

/** An event is missing: going on would make rows that no replay gives again. */
export class StreamGap extends Error {
  override readonly name = 'StreamGap';
  constructor({ stream, revision }: PlaceInStream, lastRevision: number) {
    super(`${stream} goes on with revision ${revision} after ${lastRevision}`);
  }
}

/**
 * Whether an event is the next of its stream; false when it was projected before.
 * @param lastRevision of the last event projected, -1 when there is none.
 * @throws StreamGap
 */
export function isNext(event: PlaceInStream, lastRevision: number): boolean {
  if (event.revision <= lastRevision) return false;
  if (event.revision !== lastRevision + 1) throw new StreamGap(event, lastRevision);
  return true;
}

export function happenedAt(event: RecordedEvent): Date {
  return new Date(event.metadata.occurredAt);
}

import type { AccountFact, TokenAccountEvent } from '@imprest/domain';
import type { RecordedEvent } from './envelope.js';
import { toDomainEvent } from './serde.js';
import { happenedAt, type StoredEvent, storedDomainEvent } from './stored-event.js';
import { streamId } from './stream-name.js';

let knownMs = Number.NaN;
let known = '';

/** Events that were appended together became known together. */
function isoTime(time: Date): string {
  const ms = time.getTime();
  if (ms !== knownMs) {
    knownMs = ms;
    known = time.toISOString();
  }
  return known;
}

/** An event of a token account's stream as the books are told of it. */
export function accountFact(recorded: RecordedEvent): AccountFact {
  const { stream, revision, eventId, metadata, recordedAt } = recorded;
  return {
    tenantId: streamId(stream),
    revision,
    eventId,
    happenedAt: metadata.occurredAt,
    knownAt: isoTime(recordedAt),
    event: toDomainEvent(recorded) as TokenAccountEvent,
  };
}

/** The same of an event as its store keeps it. Of its metadata nothing but the time is read. */
export function storedAccountFact(stored: StoredEvent): AccountFact {
  return {
    tenantId: streamId(stored.stream),
    revision: stored.revision,
    eventId: stored.eventId,
    happenedAt: happenedAt(stored),
    knownAt: isoTime(stored.recordedAt),
    event: storedDomainEvent(stored) as TokenAccountEvent,
  };
}

import type { AccountFact, TokenAccountEvent } from '@imprest/domain';
import type { RecordedEvent } from './envelope.js';
import { toDomainEvent } from './serde.js';
import { streamId } from './stream-name.js';

/** An event of a token account's stream as the books are told of it. */
export function accountFact(recorded: RecordedEvent): AccountFact {
  const { stream, revision, eventId, metadata, recordedAt } = recorded;
  return {
    tenantId: streamId(stream),
    revision,
    eventId,
    happenedAt: metadata.occurredAt,
    knownAt: recordedAt.toISOString(),
    event: toDomainEvent(recorded) as TokenAccountEvent,
  };
}

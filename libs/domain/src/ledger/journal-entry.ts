import type { TokenAccountEvent } from '../token-account/events.js';
import type { Posting } from './posting.js';
import { type LotOf, postingsOf } from './postings-of.js';

/** A fact of a token account as its stream has it. */
export interface AccountFact {
  readonly tenantId: string;
  /** Of the event in the account's stream: from 0, without a gap. */
  readonly revision: number;
  readonly eventId: string;
  /** ISO 8601 with milliseconds: when it happened. */
  readonly happenedAt: string;
  /** ISO 8601 with milliseconds: when the store knew it. */
  readonly knownAt: string;
  readonly event: TokenAccountEvent;
}

/**
 * One entry of the journal. It is a function of the account's stream alone: no other account, no other
 * entry's place in the store and no later fact changes it. An event that moves no token is an entry
 * without postings, so revisions have no gap and a statement can be seen to be whole.
 */
export interface JournalEntry {
  readonly tenantId: string;
  readonly revision: number;
  readonly eventId: string;
  /** Of the event. */
  readonly type: TokenAccountEvent['type'];
  readonly generationId: string | null;
  readonly happenedAt: string;
  readonly knownAt: string;
  readonly postings: readonly Posting[];
}

/**
 * @param lotOf lots as they were before the fact.
 * @throws UnbalancedEntry
 */
export function journalEntry(fact: AccountFact, lotOf: LotOf): JournalEntry {
  const { tenantId, revision, eventId, happenedAt, knownAt, event } = fact;
  return {
    tenantId,
    revision,
    eventId,
    type: event.type,
    generationId: 'generationId' in event.data ? event.data.generationId : null,
    happenedAt,
    knownAt,
    postings: postingsOf(event, lotOf),
  };
}

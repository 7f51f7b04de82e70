import { Backoff, EventStoreUnavailable } from '@imprest/application';
import { AppendLane } from '../append/append-lane.js';
import type { AppendOutcome } from '../append/append-outcome.js';
import type { EncodedWrite } from '../append/encoded-append.js';
import type { Connection } from '../connection/connection.js';
import { describe } from '../connection/describe-error.js';

const MOST_ATTEMPTS = 12;

/** What is in the target is not a beginning of what is copied, or not in its order: begin with an empty one. */
export class CopyBroken extends Error {
  override readonly name = 'CopyBroken';
}

/**
 * Writes that follow each other in the store as they are given, many under way at once: the server takes
 * the requests of one call in their order. Whatever is lost is repeated together with all that follows it.
 */
export class OrderedWriter {
  private readonly lane: AppendLane;
  constructor(connection: Connection, answerTimeoutMs: number) {
    this.lane = new AppendLane(connection, answerTimeoutMs);
  }

  /** @throws CopyBroken, EventStoreUnavailable */
  async write(writes: readonly EncodedWrite[]): Promise<void> {
    const backoff = new Backoff();
    let left = writes;
    let reached = 0n;
    for (let attempt = 1; ; attempt += 1) {
      const outcomes = await Promise.all(left.map((write) => this.lane.send(write)));
      const lost = outcomes.findIndex(({ kind }) => kind === 'unknown');
      reached = checkOrder(left, lost < 0 ? outcomes : outcomes.slice(0, lost), reached);
      if (lost < 0) return;
      left = left.slice(lost);
      const { error } = outcomes[lost] as Extract<AppendOutcome, { kind: 'unknown' }>;
      if (attempt === MOST_ATTEMPTS) {
        const text = `the store that is copied to did not answer: ${describe(error)}`;
        throw new EventStoreUnavailable(text, { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, backoff.next()));
    }
  }

  close(): void {
    this.lane.close();
  }
}

/** Answers where the last write is; the next one has to be behind it. */
function checkOrder(
  writes: readonly EncodedWrite[],
  outcomes: readonly AppendOutcome[],
  before: bigint,
): bigint {
  let reached = before;
  for (const [n, outcome] of outcomes.entries()) {
    const { stream, lastRevision } = writes[n] as EncodedWrite;
    const event = `event ${lastRevision} of ${stream}`;
    if (outcome.kind === 'refused') throw outcome.error;
    if (outcome.kind === 'conflict') {
      throw new CopyBroken(`${event} does not follow what the target has of it`);
    }
    if (outcome.kind !== 'written' || outcome.position === undefined) continue;
    if (outcome.position <= reached) {
      throw new CopyBroken(`${event} came before an event that it has to follow`);
    }
    reached = outcome.position;
  }
  return reached;
}

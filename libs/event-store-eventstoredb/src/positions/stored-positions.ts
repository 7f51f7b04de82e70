import { createHash } from 'node:crypto';
import type { EventEnvelope, RecordedEvent } from '@imprest/event-catalogue';
import { PositionMap, type PositionPair } from './position-map.js';

/** No category and none of the product's: only this adapter reads it. */
export const POSITIONS_STREAM = 'imprest_positions';

const TYPE = 'PositionsKept';
const PAIRS_PER_EVENT = 1_000;

interface KeptPositions {
  readonly pairs: readonly (readonly [position: string, commit: string])[];
  /** Whether the move ended with this event. */
  readonly isLast: boolean;
}

export function positionEvents(
  pairs: readonly PositionPair[],
  occurredAt: string,
): EventEnvelope[] {
  const events: EventEnvelope[] = [];
  for (let from = 0; from < pairs.length; from += PAIRS_PER_EVENT) {
    const part = pairs.slice(from, from + PAIRS_PER_EVENT);
    const data = {
      pairs: part.map(({ position, commit }) => [String(position), String(commit)]),
      isLast: from + PAIRS_PER_EVENT >= pairs.length,
    };
    events.push({
      eventId: uuidOf(JSON.stringify(data)),
      type: TYPE,
      version: 1,
      data,
      metadata: {
        correlationId: 'migrate-store',
        causationId: 'migrate-store',
        occurredAt,
        actor: { kind: 'operator', id: 'migrate-store' },
      },
    });
  }
  return events;
}

/** @throws Error when the move that wrote them did not end */
export async function readPositions(
  pages: AsyncIterable<readonly RecordedEvent[]>,
): Promise<PositionMap> {
  const pairs: PositionPair[] = [];
  let isComplete = true;
  for await (const page of pages) {
    for (const { data } of page) {
      const kept = data as unknown as KeptPositions;
      for (const [position, commit] of kept.pairs) {
        pairs.push({ position: BigInt(position), commit: BigInt(commit) });
      }
      isComplete = kept.isLast;
    }
  }
  if (!isComplete) {
    throw new Error('the events were not moved to this store completely: repeat the move');
  }
  return pairs.length === 0 ? PositionMap.EMPTY : new PositionMap(pairs);
}

/** The same positions are the same event, so that writing them can be repeated. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

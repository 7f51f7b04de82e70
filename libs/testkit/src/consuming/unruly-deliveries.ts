import type { DeliveredBatch } from '@imprest/application';
import { type RecordedEvent, streamCategory } from '@imprest/event-catalogue';

export interface Unruliness {
  readonly partitions: number;
  readonly batchSize: number;
  /** 0 to 1: how often a partition begins again at an earlier event. */
  readonly redelivery: number;
  /** 0 to 1, the same sequence for the same run. */
  readonly random: () => number;
}

/**
 * Every event of a history in batches, as a bus with partitions may bring them at its worst: the streams of a
 * partition stay in order, partitions overtake each other, what was brought comes again. Nothing is left out.
 */
export function* unrulyDeliveries(
  events: readonly RecordedEvent[],
  categories: readonly string[],
  { partitions, batchSize, redelivery, random }: Unruliness,
): Generator<DeliveredBatch> {
  const lanes: RecordedEvent[][] = Array.from({ length: partitions }, () => []);
  for (const event of events) {
    if (!categories.includes(streamCategory(event.stream))) continue;
    lanes[hashOf(event.stream) % partitions]!.push(event);
  }
  const next = lanes.map(() => 0);
  const progress = { kind: 'revisions' } as const;
  for (;;) {
    const open = lanes.flatMap((lane, n) => (next[n]! < lane.length ? [n] : []));
    if (open.length === 0) return;
    const n = open[Math.floor(random() * open.length)]!;
    const from = next[n]!;
    const to = from + 1 + Math.floor(random() * batchSize);
    next[n] = random() < redelivery ? Math.floor(random() * (from + 1)) : to;
    // A rebalance may also bring two goes at the same events in one batch.
    const again = random() < redelivery ? lanes[n]!.slice(from, to) : [];
    const batch = [...lanes[n]!.slice(from, to), ...again];
    yield { events: batch, progress, caughtUp: open.length === 1 && to >= lanes[n]!.length };
  }
}

/** Of no quality but the same every time. */
function hashOf(text: string): number {
  let hash = 7;
  for (const character of text) hash = (hash * 31 + character.codePointAt(0)!) % 1_000_003;
  return hash;
}

/** Numbers from 0 to 1 out of a seed (Park and Miller's minimal standard generator). */
export function randomFrom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

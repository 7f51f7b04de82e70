/** How many of the last closed holds are known for certain; twice as many are kept at most. */
export const CLOSED_HOLDS_REMEMBERED = 4_096;

/**
 * Generations whose hold was settled or released not long ago, so that a late repeat of `HoldTokens`
 * does not hold again. It is bounded because a busy account closes holds for ever; whoever repeats a
 * hold later than that has to look at the generation first.
 */
export interface ClosedHolds {
  recent: Set<string>;
  older: Set<string>;
}

export function noClosedHolds(): ClosedHolds {
  return { recent: new Set(), older: new Set() };
}

export function wasClosed(closed: ClosedHolds, generationId: string): boolean {
  return closed.recent.has(generationId) || closed.older.has(generationId);
}

export function rememberClosed(closed: ClosedHolds, generationId: string): void {
  if (closed.recent.size >= CLOSED_HOLDS_REMEMBERED) {
    closed.older = closed.recent;
    closed.recent = new Set();
  }
  closed.recent.add(generationId);
}

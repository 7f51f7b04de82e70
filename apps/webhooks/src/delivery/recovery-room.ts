const AT_ONCE = 16;
/** With a portion each time, a process begins some hundred recovered messages a second at most. */
const PACE_MS = 100;

/**
 * Room for messages that a recovery asked for, beside that for live ones: few at once and at a pace, so that
 * half of the turns at any one receiver are left for what is live.
 */
export class RecoveryRoom {
  private underWay = 0;
  private takenAtMs = Number.NEGATIVE_INFINITY;
  private mayBeMore = false;

  /** How many may be begun now; none until the pace allows for more. */
  take(nowMs: number): number {
    if (this.underWay >= AT_ONCE || nowMs - this.takenAtMs < PACE_MS) return 0;
    this.takenAtMs = nowMs;
    return AT_ONCE - this.underWay;
  }

  /** @param room as it was taken */
  begin(count: number, room: number): void {
    this.underWay += count;
    this.mayBeMore = count === room;
  }

  end(): void {
    this.underWay -= 1;
  }

  /** When to look again although nobody says that something became due. */
  lookAgainMs(idleMs: number): number {
    return this.mayBeMore ? PACE_MS : idleMs;
  }
}

import { type Month, monthsLater, startOfMonth } from './month.js';

/** A month that was closed, and the last position that could be booked in it. */
export interface ClosedMonth {
  readonly month: Month;
  readonly upTo: bigint;
}

/**
 * Which entries a month is made of: those that happened in it and were known when it was closed, and
 * those that happened before it and came too late for a month closed before. Positions are inclusive
 * at their upper end; undefined while the month is open.
 */
export interface PeriodBounds {
  readonly month: Month;
  /** ISO 8601, inclusive. */
  readonly from: string;
  /** ISO 8601, exclusive. */
  readonly to: string;
  /** What happened before `from` belongs here when its position is greater than this. Undefined: none does. */
  readonly lateAfter: bigint | undefined;
  readonly upTo: bigint | undefined;
}

/** @param closed in order, as the stream has them; a month that is no later than a closed one is closed too. */
export function periodBounds(month: Month, closed: readonly ClosedMonth[]): PeriodBounds {
  const closeOf = (of: Month) => closed.find((close) => close.month >= of)?.upTo;
  return {
    month,
    from: startOfMonth(month),
    to: startOfMonth(monthsLater(month, 1)),
    lateAfter: closeOf(monthsLater(month, -1)),
    upTo: closeOf(month),
  };
}

export interface Placed {
  /** Of the event in the store. */
  readonly position: bigint;
  /** ISO 8601 with milliseconds. */
  readonly happenedAt: string;
}

/** Where an entry lies, seen from one period: every entry is in exactly one. */
export function placeIn(
  { from, to, lateAfter, upTo }: PeriodBounds,
  { position, happenedAt }: Placed,
): 'before' | 'within' | 'after' {
  if (happenedAt >= to || (upTo !== undefined && position > upTo)) return 'after';
  if (happenedAt >= from) return 'within';
  return lateAfter !== undefined && position > lateAfter ? 'within' : 'before';
}

/** The month an entry is booked in: its own, or the first that was open when it became known. */
export function bookedIn(placed: Placed, closed: readonly ClosedMonth[]): Month {
  const own = placed.happenedAt.slice(0, 7);
  const passed = closed.findLast(({ upTo }) => upTo < placed.position);
  const firstOpen = passed === undefined ? own : monthsLater(passed.month, 1);
  return own < firstOpen ? firstOpen : own;
}

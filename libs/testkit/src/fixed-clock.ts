import type { Clock } from '@imprest/application';

export interface FixedClock extends Clock {
  /** Moves on by this many milliseconds. */
  advance(milliseconds: number): void;
  /** The same instant as domain commands take it: ISO 8601, UTC, milliseconds. */
  isoNow(): string;
}

/** A clock that stands still until a test moves it. */
export function fixedClock(start = '2026-01-15T09:00:00.000Z'): FixedClock {
  let instant = Date.parse(start);
  if (Number.isNaN(instant)) throw new RangeError(`${start} is not a timestamp`);
  return {
    now: () => new Date(instant),
    isoNow: () => new Date(instant).toISOString(),
    advance: (milliseconds) => {
      instant += milliseconds;
    },
  };
}

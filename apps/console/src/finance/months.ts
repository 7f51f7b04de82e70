/** A month of UTC as the API names it: `2026-01`. */
export type Month = string;

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** Months since year 0. @throws RangeError for what is no month */
function indexOf(month: Month): number {
  const [, year, number] = MONTH.exec(month) ?? [];
  if (year === undefined) throw new RangeError(`${month} is no month such as 2026-01`);
  return Number(year) * 12 + Number(number) - 1;
}

function monthAt(index: number): Month {
  const year = String(Math.floor(index / 12)).padStart(4, '0');
  return `${year}-${String((index % 12) + 1).padStart(2, '0')}`;
}

export const isMonth = (text: string | undefined): text is Month => MONTH.test(text ?? '');

export const monthOf = (at: Date): Month => at.toISOString().slice(0, 7);

/** The month that many months later; earlier when it is negative. */
export const monthsLater = (month: Month, months: number): Month =>
  monthAt(indexOf(month) + months);

/** So many months up to that one, the oldest first. */
export const monthsUpTo = (month: Month, count: number): Month[] =>
  Array.from({ length: count }, (_, index) => monthsLater(month, index + 1 - count));

/**
 * The month that can be closed next, if one can: they are closed in order, each when it is over. Before the first close
 * it is the last one that is over.
 * @param closed months that are closed, in any order
 */
export function nextToClose(closed: readonly Month[], today: Date): Month | null {
  const lastOver = monthsLater(monthOf(today), -1);
  const latest = [...closed].sort().at(-1);
  if (latest === undefined) return lastOver;
  const next = monthsLater(latest, 1);
  return indexOf(next) <= indexOf(lastOver) ? next : null;
}

/** The last moment of a day, for books as they were at its end; a time stays what it is. */
export const endOfDay = (day: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T23:59:59.999Z` : day;

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** A calendar month in UTC, `2026-01`: it sorts as text. */
export type Month = string;

export function isMonth(text: string): boolean {
  return MONTH.test(text) && text >= '1970-01' && text <= '9998-12';
}

/** First instant of a month, ISO 8601. */
export function startOfMonth(month: Month): string {
  return `${month}-01T00:00:00.000Z`;
}

/** @param by negative for earlier months. */
export function monthsLater(month: Month, by: number): Month {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by;
  const year = String(Math.floor(count / 12)).padStart(4, '0');
  return `${year}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** Month of an instant in ISO 8601. */
export function monthOf(timestamp: string): Month {
  return timestamp.slice(0, 7);
}

const CANONICAL_LENGTH = '2026-01-31T12:00:00.000Z'.length;

/**
 * Whether a text is an instant in the one spelling that sorts as text: UTC with milliseconds, as
 * `Date.prototype.toISOString` writes it. Decisions compare timestamps as strings, so any other
 * spelling of the same instant would expire at another time.
 */
export function isTimestamp(text: string): boolean {
  if (text.length !== CANONICAL_LENGTH) return false;
  const instant = Date.parse(text);
  return !Number.isNaN(instant) && new Date(instant).toISOString() === text;
}

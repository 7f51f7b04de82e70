export const DAY_MS = 86_400_000;

/** `2026-11-20T09:30:05.123Z` as `2026-11-20 09:30:05`. The text itself when it is no time. */
export function formatUtc(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return at.toISOString().slice(0, 19).replace('T', ' ');
}

/** The same moment where the reader is, with the name of the zone. */
export function formatLocal(iso: string, timeZone?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone,
  }).format(at);
}

const UNITS = [
  ['d', DAY_MS],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** A span of time in its largest unit and the next one: `2 h 5 min`, `1.5 s`, `40 ms`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const first = UNITS.findIndex(([, length]) => ms >= length);
  let rest = ms;
  const parts = UNITS.slice(first, first + 2).map(([unit, length]) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return count === 0 ? '' : `${count} ${unit}`;
  });
  return parts.filter(Boolean).join(' ');
}

/** Day of UTC, `2026-11-20`, that many days after the moment. */
export function utcDay(at: Date, daysLater = 0): string {
  return new Date(at.getTime() + daysLater * DAY_MS).toISOString().slice(0, 10);
}

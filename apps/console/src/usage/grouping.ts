import type { components } from '../api/openapi.ts';
import { DAY_MS, utcDay } from '../format/time.ts';

export type UsageRow = components['schemas']['UsagePage']['usage'][number];

/** What usage can be told by; the value is what the API is asked for. */
export const groupings = [
  { value: 'day', label: 'Day' },
  { value: 'day,model', label: 'Day and model' },
  { value: 'model', label: 'Model' },
  { value: 'apiKey', label: 'Key' },
  { value: 'endUser', label: 'End user' },
  { value: 'dialect', label: 'Dialect' },
] as const;

export type Grouping = (typeof groupings)[number]['value'];

export const isGrouping = (text: string | undefined): text is Grouping =>
  groupings.some(({ value }) => value === text);

/** Tokens that were spent for good. */
export const spentOf = ({ xTokens }: Pick<UsageRow, 'xTokens'>): number =>
  xTokens.captured - xTokens.refunded;

/** What a row is about beside its day; a dash for the part that nobody named. */
export function subjectOf(row: UsageRow): string {
  const { model, apiKeyId, endUserEmail, endUserId, dialect } = row;
  return model ?? apiKeyId ?? endUserEmail ?? endUserId ?? dialect ?? '–';
}

const MOST_SERIES = 6;
const OTHERS = 'others';

export interface DrawnUsage {
  /** Names of what is drawn, the largest first. */
  readonly names: readonly string[];
  readonly points: readonly Readonly<Record<string, string | number>>[];
}

function largestNames(rows: readonly UsageRow[]): string[] {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(subjectOf(row), (sums.get(subjectOf(row)) ?? 0) + spentOf(row));
  const names = [...sums].sort(([, left], [, right]) => right - left).map(([name]) => name);
  return names.length <= MOST_SERIES ? names : [...names.slice(0, MOST_SERIES - 1), OTHERS];
}

const MOST_DAYS = 366;

/** Days of UTC from the first one to the last, both included; the latest ones when they are too many to draw. */
export function daysBetween(first: string, last: string): string[] {
  const count = Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1;
  const drawn = Math.min(Math.max(count, 0), MOST_DAYS);
  return Array.from({ length: drawn }, (_, index) => utcDay(new Date(last), index - drawn + 1));
}

/**
 * Tokens by day, a series for each subject where rows name one. For drawing alone.
 * @param span days to draw, those without usage too
 */
export function drawnByDay(rows: readonly UsageRow[], span: readonly string[]): DrawnUsage {
  const names = largestNames(rows);
  const blank = Object.fromEntries(names.map((name) => [name, 0]));
  const days = new Map<string, Record<string, string | number>>(
    span.map((day) => [day, { day: day.slice(5), ...blank }]),
  );
  for (const row of rows) {
    const day = row.day ?? '';
    const point = days.get(day) ?? { day: day.slice(5), ...blank };
    const name = names.includes(subjectOf(row)) ? subjectOf(row) : OTHERS;
    point[name] = Number(point[name] ?? 0) + spentOf(row);
    days.set(day, point);
  }
  const points = [...days]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, point]) => point);
  return { names, points };
}

/** Sums over all rows, exact. */
export function totalsOf(rows: readonly UsageRow[]) {
  const sum = (pick: (row: UsageRow) => number) =>
    rows.reduce((total, row) => total + BigInt(pick(row)), 0n);
  return {
    requests: sum(({ requests }) => requests),
    succeeded: sum(({ succeeded }) => succeeded),
    failed: sum(({ failed }) => failed),
    spent: sum(spentOf),
  };
}

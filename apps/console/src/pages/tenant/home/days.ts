import { utcDay } from '../../../format/time.ts';

export interface UsageOfDay {
  readonly day?: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly xTokens: { readonly captured: number; readonly refunded: number };
}

export interface DrawnDay {
  readonly [value: string]: string | number;
  readonly day: string;
  readonly spent: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** One for each of the days up to and with today, those without usage too. For drawing alone. */
export function drawnDays(usage: readonly UsageOfDay[], now: Date, count: number): DrawnDay[] {
  const byDay = new Map(usage.map((each) => [each.day, each]));
  return Array.from({ length: count }, (_, index) => {
    const day = utcDay(now, index - count + 1);
    const { succeeded = 0, failed = 0, xTokens } = byDay.get(day) ?? {};
    const spent = xTokens === undefined ? 0 : xTokens.captured - xTokens.refunded;
    return { day: day.slice(5), spent, succeeded, failed };
  });
}

import type { CaseGrounds } from '@imprest/domain';

const HOUR_MS = 3_600_000;
const URGENT_HOURS = 1;
/** What is delivered and reported is taken down within this, or stays. */
const REPORT_HOURS = 48;

/** When a case should be decided, ISO 8601. @param caseHours of what nobody has called urgent */
export function dueAt(grounds: CaseGrounds, now: Date, caseHours: number): string {
  const hours = {
    review: caseHours,
    report: REPORT_HOURS,
    known_file: URGENT_HOURS,
    minors: URGENT_HOURS,
  };
  return new Date(now.getTime() + hours[grounds] * HOUR_MS).toISOString();
}

import { type DomainError, validationError } from '../shared/domain-error.js';

/** `startBy`: a worker must have begun. `finishBy`: the outcome must be there. */
export type DeadlineKind = 'startBy' | 'finishBy';

/** ISO 8601; null when the work may take as long as it takes. */
export type Deadlines = Readonly<Record<DeadlineKind, string | null>>;

/** As asked for: a time with its offset (ISO 8601), or seconds from now. */
export type RequestedDeadlines = Readonly<Partial<Record<DeadlineKind, string | number>>>;

/** What holds where a request names none: seconds from its acceptance, null for no limit. */
export interface DeadlineDefaults {
  readonly startWithinSeconds: number | null;
  readonly finishWithinSeconds: number | null;
}

export const noDeadlines: Deadlines = { startBy: null, finishBy: null };

/** A hold that nobody can end for longer than this is no advance but a loss. */
export const MAX_DEADLINE_SECONDS = 30 * 24 * 3_600;

const WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

function unixMs(field: DeadlineKind, asked: string | number, nowMs: number): number | DomainError {
  if (typeof asked === 'string' && !WITH_OFFSET.test(asked)) {
    return validationError(
      field,
      'must be seconds from now, or a time such as 2026-01-15T09:00:00Z',
    );
  }
  const at = typeof asked === 'number' ? nowMs + asked * 1_000 : Date.parse(asked);
  if (!(at > nowMs)) return validationError(field, 'must lie in the future');
  if (at > nowMs + MAX_DEADLINE_SECONDS * 1_000) {
    return validationError(field, `must be at most ${MAX_DEADLINE_SECONDS} seconds away`);
  }
  return at;
}

const within = (seconds: number | null, nowMs: number) =>
  seconds === null ? undefined : nowMs + seconds * 1_000;

/**
 * Applies defaults and the rules that join the two. A default never outlives what was asked for: work that must be
 * finished by a time has begun before it.
 * @param now ISO 8601
 */
export function resolveDeadlines(
  asked: RequestedDeadlines,
  { startWithinSeconds, finishWithinSeconds }: DeadlineDefaults,
  now: string,
): Deadlines | DomainError {
  const nowMs = Date.parse(now);
  const start = asked.startBy === undefined ? undefined : unixMs('startBy', asked.startBy, nowMs);
  if (typeof start === 'object') return start;
  const finish =
    asked.finishBy === undefined ? undefined : unixMs('finishBy', asked.finishBy, nowMs);
  if (typeof finish === 'object') return finish;
  if (start !== undefined && finish !== undefined && start > finish) {
    return validationError('startBy', 'must not be later than finishBy');
  }
  const finishMs = finish ?? within(finishWithinSeconds, nowMs);
  const startMs = start ?? within(startWithinSeconds, nowMs);
  const isImplied =
    start === undefined && startMs !== undefined && startMs >= (finishMs ?? Infinity);
  return {
    startBy: startMs === undefined || isImplied ? null : new Date(startMs).toISOString(),
    finishBy: finishMs === undefined ? null : new Date(finishMs).toISOString(),
  };
}

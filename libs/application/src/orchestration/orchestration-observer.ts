import type { AttemptUsage, DeadlineKind, FailureClass } from '@imprest/domain';

/**
 * How an attempt ended: `expired` when its worker fell silent, `unclaimed` when its worker never had the order,
 * `late` when its result came too late.
 */
export type AttemptOutcome = 'succeeded' | 'expired' | 'unclaimed' | 'late' | FailureClass;

export interface EndedAttempt {
  readonly model: string;
  /** Absent when nobody measured it. */
  readonly usage?: AttemptUsage;
}

/** What orchestration tells about itself, for metrics and logs. */
export interface OrchestrationObserver {
  /** `attempt` is there for one that ended by what its worker said. */
  attemptEnded(outcome: AttemptOutcome, attempt?: EndedAttempt): void;
  /** A worker was given work for which it has to unload another model. */
  modelSwapped(model: string): void;
  deadlineMissed(deadline: DeadlineKind): void;
  /** Something went wrong that is tried again, or that only housekeeping will notice. */
  troubled(what: string, error: unknown): void;
}

import type { DeadlineKind } from '../generation/deadlines.js';
import type { OutputVerdict, StoredImage } from '../generation/events.js';
import type { AttemptUsage, FailureClass, KeptOutput } from './events.js';

export interface QueueJob {
  readonly type: 'QueueJob';
  readonly tenantId: string;
  readonly model: string;
  readonly cost: number;
}

export interface LeaseJob {
  readonly type: 'LeaseJob';
  readonly workerId: string;
  readonly fence: number;
  /** ISO 8601. */
  readonly now: string;
}

export interface ReportProgress {
  readonly type: 'ReportProgress';
  readonly fence: number;
  readonly fraction: number;
}

export interface WithholdOutput {
  readonly type: 'WithholdOutput';
  readonly fence: number;
  readonly index: number;
  readonly sha256: string;
  readonly verdict: OutputVerdict;
  readonly kept: KeptOutput | null;
}

export interface CompleteJob {
  readonly type: 'CompleteJob';
  readonly fence: number;
  readonly stored: readonly StoredImage[];
  readonly lost: readonly number[];
  readonly usage?: AttemptUsage;
}

export interface FailAttempt {
  readonly type: 'FailAttempt';
  readonly fence: number;
  readonly failureClass: FailureClass;
  readonly message: string;
  /** ISO 8601; null dead-letters the job. */
  readonly retryAt: string | null;
  readonly usage?: AttemptUsage;
  /** Of a failure as `unknown`: whose provider call it is about; the attempt's own when absent. */
  readonly unresolvedAttempt?: number;
}

/** Safe to say again, and of work that has begun or ended in time. */
export interface MissDeadline {
  readonly type: 'MissDeadline';
  readonly deadline: DeadlineKind;
  /** The deadline itself, ISO 8601. */
  readonly at: string;
}

/** Of a job that was dead-lettered, which it stays. */
export interface RedriveJob {
  readonly type: 'RedriveJob';
  /** The new request. */
  readonly generationId: string;
  readonly reason: string;
}

export interface CancelJob {
  readonly type: 'CancelJob';
  readonly reason: string;
}

export type JobCommand =
  | QueueJob
  | LeaseJob
  | ReportProgress
  | WithholdOutput
  | CompleteJob
  | FailAttempt
  | MissDeadline
  | RedriveJob
  | CancelJob;

import type { DeadlineKind } from '../generation/deadlines.js';
import type { OutputVerdict, StoredImage } from '../generation/events.js';
import type { DomainFact } from '../shared/decider.js';

/**
 * Who is at fault decides whether to try again and what is charged. `unknown`: submitted to a provider, and nobody
 * knows what became of it.
 */
export const failureClasses = [
  'user',
  'model',
  'infrastructure',
  'moderation',
  'timeout',
  'unknown',
  'cancelled',
] as const;
export type FailureClass = (typeof failureClasses)[number];

/** What an attempt took of a GPU, in milliseconds. */
export interface AttemptUsage {
  /** Time the GPU was busy with the attempt. */
  readonly gpuMs: number;
  /** The part of it that loading the model took. */
  readonly loadMs: number;
}

export type JobQueued = DomainFact<
  'JobQueued',
  {
    readonly tenantId: string;
    readonly model: string;
    /** Expected share of the tenant, in the queue's unit. */
    readonly cost: number;
  }
>;

export type JobLeased = DomainFact<
  'JobLeased',
  { readonly workerId: string; readonly fence: number; readonly attempt: number }
>;

export type JobProgressed = DomainFact<
  'JobProgressed',
  { readonly fence: number /** 0 to 1. */; readonly fraction: number }
>;

export type JobAttemptFailed = DomainFact<
  'JobAttemptFailed',
  {
    readonly fence: number;
    readonly attempt: number;
    readonly failureClass: FailureClass;
    readonly message: string;
    /** ISO 8601; null when there is no further attempt. */
    readonly retryAt: string | null;
    /** Null when nobody measured it. */
    readonly usage: AttemptUsage | null;
    /** Number of the attempt whose provider call nobody knows the outcome of; null when there is none. */
    readonly unresolvedAttempt: number | null;
  }
>;

export type JobSucceeded = DomainFact<
  'JobSucceeded',
  {
    readonly fence: number;
    readonly stored: readonly StoredImage[];
    readonly lost: readonly number[];
    /** Null when nobody measured it. */
    readonly usage: AttemptUsage | null;
  }
>;

/** A withheld output in the asset store, under a key of its own, for moderators alone and for a time. */
export interface KeptOutput {
  readonly assetId: string;
  readonly mediaType: string;
  /** ISO 8601. */
  readonly keptUntil: string;
}

/** An output was looked at, and is neither stored nor handed out. The attempt fails for it. */
export type JobOutputWithheld = DomainFact<
  'JobOutputWithheld',
  {
    readonly fence: number;
    readonly index: number;
    /** Hex, of the file as the worker sent it. */
    readonly sha256: string;
    readonly verdict: OutputVerdict;
    /** Null when nothing of it was kept. */
    readonly kept: KeptOutput | null;
  }
>;

export type JobDeadLettered = DomainFact<
  'JobDeadLettered',
  { readonly attempts: number; readonly failureClass: FailureClass; readonly message: string }
>;

/** The deadline passed first. */
export type JobDeadlineMissed = DomainFact<
  'JobDeadlineMissed',
  { readonly deadline: DeadlineKind /** ISO 8601. */; readonly at: string }
>;

/** Dead-lettered work is done once more, as a request of its own. */
export type JobRedriven = DomainFact<
  'JobRedriven',
  { readonly generationId: string; readonly reason: string }
>;

export type JobCancelled = DomainFact<'JobCancelled', { readonly reason: string }>;

export type JobEvent =
  | JobQueued
  | JobLeased
  | JobProgressed
  | JobAttemptFailed
  | JobSucceeded
  | JobOutputWithheld
  | JobDeadLettered
  | JobRedriven
  | JobDeadlineMissed
  | JobCancelled;

import type { DomainFact } from '../shared/decider.js';

/** The nightly audit of a day came to its end: what it looked at, and what it found. */
export type AuditCompleted = DomainFact<
  'AuditCompleted',
  {
    /** The day in UTC, `2026-01-15`. */
    readonly day: string;
    /** ISO 8601. */
    readonly startedAt: string;
    /** ISO 8601. */
    readonly completedAt: string;
    /** Position of the last event verified; decimal. */
    readonly upTo: string;
    readonly events: number;
    readonly generations: number;
    readonly payments: number;
    readonly findings: number;
    /** Payment providers that did not answer. */
    readonly unanswered: readonly string[];
  }
>;

export type AuditRunEvent = AuditCompleted;

import type { ExpectedCost } from '../work-costs/index.js';

export interface WaitingWork {
  /** GPU-milliseconds that will be begun before it. */
  readonly costBefore: number;
  /** From 1. */
  readonly position: number;
  readonly own: ExpectedCost;
  /** Jobs that can run at once where this one may run. */
  readonly slots: number;
  /** Of them under way now. */
  readonly running: number;
}

export interface StartEstimate {
  /** From now. */
  readonly startMs: number;
  readonly finishMs: number;
  /** How far off the finish is likely to be, either way. */
  readonly errorMs: number;
}

/**
 * When work will start and finish if nobody else comes: what is before it is done by all slots together, from when
 * the first of them is free. Jobs miss their expected cost independently of each other, each as far as this one does in
 * proportion, so that the misses of many add up by their squares. Undefined while nobody could do it.
 */
export function estimateStart(work: WaitingWork): StartEstimate | undefined {
  const { costBefore, position, own, slots } = work;
  if (slots <= 0) return undefined;
  const running = Math.min(work.running, slots);
  const isFree = position <= slots - running;
  const startMs = isFree ? 0 : costBefore / slots + own.gpuMs / (slots + 1);
  const jobs = Math.max(1, position - 1 + running);
  const missBefore = ((own.errorMs / own.gpuMs) * startMs) / Math.sqrt(jobs);
  return {
    startMs: Math.round(startMs),
    finishMs: Math.round(startMs + own.gpuMs),
    errorMs: Math.round(Math.hypot(missBefore, own.errorMs)),
  };
}

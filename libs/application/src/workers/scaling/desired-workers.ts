/** What there is to do for one model, and with what. */
export interface ModelDemand {
  /** Jobs that wait. */
  readonly ready: number;
  /** What they are expected to take of a GPU. */
  readonly readyMs: number;
  /** Jobs under way. */
  readonly leased: number;
  /** Workers that have the model loaded. */
  readonly warmWorkers: number;
  /** Jobs of the model that one worker does at once, at least 1. */
  readonly jobsAtOnce: number;
  /** What a worker without the model needs before it does anything for it. */
  readonly loadMs: number;
  /** Workers that are to keep it loaded whatever there is to do. */
  readonly warmFloor: number;
}

/**
 * How many workers with the model loaded would have begun all that waits within `targetWaitMs`. Workers that have it
 * loaded work for all of that time, others for what loading leaves of it. A model that takes longer to load than
 * anybody is to wait gets workers as if they had as long again: they come too late for this work, not for the next.
 * Never fewer than the work under way occupies.
 */
export function desiredWorkers(demand: ModelDemand, targetWaitMs: number): number {
  const { ready, readyMs, leased, warmWorkers, jobsAtOnce, loadMs, warmFloor } = demand;
  const busy = Math.ceil(leased / jobsAtOnce);
  const warmCapacityMs = warmWorkers * jobsAtOnce * targetWaitMs;
  // Of work under way half is left on average; it takes what a job that waits takes.
  const leftMs = ready === 0 ? 0 : readyMs + (leased * readyMs) / ready / 2;
  const restMs = leftMs - warmCapacityMs;
  const workMs = loadMs < targetWaitMs ? targetWaitMs - loadMs : targetWaitMs;
  const forBacklog =
    restMs > 0
      ? warmWorkers + Math.ceil(restMs / (jobsAtOnce * workMs))
      : Math.ceil(leftMs / (jobsAtOnce * targetWaitMs));
  return Math.max(busy, forBacklog, warmFloor);
}

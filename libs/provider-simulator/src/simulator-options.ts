export interface SimulatorOptions {
  /** Images rendered at the same time, each on a thread of its own. Default 1, at most 64. */
  readonly threads?: number;
  /** Waiting before each image, as if a model were at work. Default 0, at most one hour. */
  readonly latencyMs?: number;
  /** Share of attempts that fail, 0 to 1. Default 0. */
  readonly failureRate?: number;
  /** Obeys markers such as `[fail:model]` in prompts. For trials only. Default false. */
  readonly trialFaults?: boolean;
  /** Time to load a model, one at a time, as if it had weights. Default 0: nothing is loaded. At most one hour. */
  readonly modelLoadMs?: number;
}

/** @throws RangeError that names the option and its bounds */
export function checkedOptions(options: SimulatorOptions): Required<SimulatorOptions> {
  const {
    threads = 1,
    latencyMs = 0,
    failureRate = 0,
    trialFaults = false,
    modelLoadMs = 0,
  } = options;
  if (!Number.isInteger(threads) || threads < 1 || threads > 64) {
    throw new RangeError(`threads is ${threads}, must be a whole number from 1 to 64`);
  }
  if (!(latencyMs >= 0 && latencyMs <= 3_600_000)) {
    throw new RangeError(`latencyMs is ${latencyMs}, must be from 0 to 3600000`);
  }
  if (!(modelLoadMs >= 0 && modelLoadMs <= 3_600_000)) {
    throw new RangeError(`modelLoadMs is ${modelLoadMs}, must be from 0 to 3600000`);
  }
  if (!(failureRate >= 0 && failureRate <= 1)) {
    throw new RangeError(`failureRate is ${failureRate}, must be from 0 to 1`);
  }
  return { threads, latencyMs, failureRate, trialFaults, modelLoadMs };
}

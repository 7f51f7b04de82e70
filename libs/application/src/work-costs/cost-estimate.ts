/** What a unit of work takes, learned from what it took. */
export interface CostEstimate {
  /** GPU-milliseconds for a unit. */
  readonly mean: number;
  /** How far off the mean is on average, in the same unit. */
  readonly deviation: number;
  /** Observations so far. */
  readonly samples: number;
}

/** Of the smoothed round-trip time and its variance in RFC 6298, section 2. */
const MEAN_GAIN = 1 / 8;
const DEVIATION_GAIN = 1 / 4;

/** Before anything was observed: as likely twice as much as nothing. */
export function guessed(mean: number): CostEstimate {
  return { mean, deviation: mean, samples: 0 };
}

/**
 * The estimate after one more observation: exponentially weighted mean and mean deviation. The first eight
 * weigh the same, so that a guess is forgotten at once and the first job does not count for ever.
 */
export function observed(estimate: CostEstimate, value: number): CostEstimate {
  const samples = estimate.samples + 1;
  if (samples === 1) return { mean: value, deviation: value / 2, samples };
  const miss = Math.abs(value - estimate.mean);
  return {
    mean: estimate.mean + Math.max(MEAN_GAIN, 1 / samples) * (value - estimate.mean),
    deviation:
      estimate.deviation + Math.max(DEVIATION_GAIN, 1 / samples) * (miss - estimate.deviation),
    samples,
  };
}

/** One job that a simulated tenant asks for. */
export interface DemandedJob {
  readonly tenant: number;
  /** Whole seconds that it will take a GPU, and what is expected before. */
  readonly seconds: number;
  readonly expectedMs: number;
}

/** Of 20 tenants. */
export const WEIGHTS: readonly number[] = [
  ...[1, 2, 1, 8, 1, 3, 1, 2, 4, 1, 2, 1, 8, 2, 1, 3, 2, 1, 4, 2],
];

const DAY_SECONDS = 86_400;
/** A third of the tenants asks for most of the work, a third for little, the others come in waves. */
const APPETITES = [9, 0.2, 1, 6, 0.5, 2, 4, 0.1, 3, 1];

/** Numbers from 0 to 1, the same for a seed every time (Lehmer, minimal standard). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/**
 * What 20 tenants ask for over a day: unequal by a factor of ninety, more by day than by night and each at hours of its
 * own, some of it all at once. Expected costs are off by a factor of the tenant and one of chance.
 */
export class UnequalDemand {
  private readonly random: () => number;
  private readonly perSecond: readonly number[];
  private readonly bias: readonly number[];
  private readonly owed = WEIGHTS.map(() => 0);

  /** @param load of all tenants together over the day, in GPUs */
  constructor(load: number, seed: number) {
    this.random = seededRandom(seed);
    const appetites = WEIGHTS.map((_, n) => APPETITES[n % APPETITES.length] as number);
    const all = appetites.reduce((sum, each) => sum + each, 0);
    const meanSeconds = 2.5;
    this.perSecond = appetites.map((each) => ((each / all) * load) / meanSeconds);
    this.bias = WEIGHTS.map(() => 0.6 + this.random());
  }

  /** Jobs that come in this second. */
  at(second: number): DemandedJob[] {
    const jobs: DemandedJob[] = [];
    for (const [tenant, rate] of this.perSecond.entries()) {
      const hour = (second / DAY_SECONDS + tenant / WEIGHTS.length) * 2 * Math.PI;
      const isBurst = this.random() < 1 / 3_600;
      const wanted = rate * (1 + 0.9 * Math.sin(hour)) * (isBurst ? 600 : 1);
      const count = Math.floor(wanted + (this.owed[tenant] as number));
      this.owed[tenant] = wanted + (this.owed[tenant] as number) - count;
      for (let n = 0; n < count; n += 1) jobs.push(this.job(tenant));
    }
    return jobs;
  }

  private job(tenant: number): DemandedJob {
    const seconds = 1 + Math.floor(this.random() * 4);
    const factor = (this.bias[tenant] as number) * (0.7 + 0.6 * this.random());
    return { tenant, seconds, expectedMs: Math.max(1, Math.round(seconds * 1_000 * factor)) };
  }
}

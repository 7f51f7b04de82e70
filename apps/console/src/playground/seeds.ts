const SEEDS = 4_294_967_296;

/** A seed that nobody chose. */
export const randomSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

/** Seeds of a comparison: `first` and those after it, beginning anew after the largest one. */
export const seedsFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, step) => (first + step) % SEEDS);

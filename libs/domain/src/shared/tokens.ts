/** Whole tokens. Never a float, never a JSON number where it could pass 2^53. */
export type Tokens = bigint;

/** Money in minor units of an ISO 4217 currency. */
export interface Money {
  readonly minorUnits: bigint;
  readonly currency: string;
}

/** Tokens taken from, or given back to, one lot. */
export interface Allocation {
  readonly lotId: string;
  readonly tokens: Tokens;
}

export function sumOfAllocations(allocations: readonly Allocation[]): Tokens {
  let sum = 0n;
  for (const allocation of allocations) sum += allocation.tokens;
  return sum;
}

/** Splits allocations at `first` tokens, in order: what was drawn first is captured first. */
export function splitAllocations(
  allocations: readonly Allocation[],
  first: Tokens,
): { readonly head: readonly Allocation[]; readonly tail: readonly Allocation[] } {
  const head: Allocation[] = [];
  const tail: Allocation[] = [];
  let left = first;
  for (const { lotId, tokens } of allocations) {
    const taken = tokens < left ? tokens : left;
    if (taken > 0n) head.push({ lotId, tokens: taken });
    if (taken < tokens) tail.push({ lotId, tokens: tokens - taken });
    left -= taken;
  }
  return { head, tail };
}

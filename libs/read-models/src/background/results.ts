import type { Built } from '../rebuilding/build.js';
import type { Comparison } from '../rebuilding/compare.js';
import type { Switched } from '../rebuilding/switch-over.js';
import type { LedgerVerification } from '../sealing/verify-ledger.js';

/** What came of the work of operators, as the record says it: words and counts alone. */
export const resultOf = {
  build: ({ events, position }: Pick<Built, 'events' | 'position'>) =>
    `${events} events, up to position ${position}`,
  compare: ({ tables, samePosition, standbyPosition }: Comparison) => {
    const differing = tables.reduce(
      (sum, { counts }) => sum + Object.values(counts).reduce(add),
      0,
    );
    const at = samePosition ? 'at' : 'not both at';
    return `${differing} rows differ, ${at} position ${standbyPosition}`;
  },
  exchange: ({ position, lockedMs }: Switched) =>
    `in place from position ${position} on, locked for ${lockedMs} ms`,
  verify: ({ findingsCount, events, upTo }: LedgerVerification) =>
    `${findingsCount} findings in ${events} events up to position ${upTo}`,
  nothing: () => null,
} as const;

const add = (sum: number, count: number) => sum + count;

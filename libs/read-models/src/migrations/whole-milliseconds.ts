/** Whoever reads entries knows milliseconds: anything finer would be stored without being vouched for. */
export const wholeMilliseconds = {
  name: 'WholeMilliseconds1763700006000',
  up: `
    alter table ledger.entries alter column happened_at type timestamptz(3),
      alter column known_at type timestamptz(3)`,
} as const;

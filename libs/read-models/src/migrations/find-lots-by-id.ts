/** Whoever looks for anything by its id looks for a lot, too: without this that reads every lot there is. */
export const findLotsById = {
  name: 'FindLotsById1763700066000',
  up: 'create index on ledger.lots (lot_id, tenant_id)',
} as const;

/**
 * Every entry carries the hash chain of its account. Entries are a function of the events, so those that
 * are there already are made anew: the projector starts at the first event.
 */
export const chainEntries = {
  name: 'ChainEntries1763700000200',
  up: `
    truncate ledger.entries, ledger.balances, ledger.lots, ledger.token_accounts;
    delete from read_models.checkpoints where consumer = 'journal';
    alter table ledger.entries add column leaf bytea not null check (octet_length(leaf) = 32);
    alter table ledger.token_accounts add column head bytea not null check (octet_length(head) = 32);
  `,
} as const;

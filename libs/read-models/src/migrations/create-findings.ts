/** What checks of the books have found. */
export const createFindings = {
  name: 'CreateFindings1763700003000',
  up: `
    create table ledger.findings (
      id text primary key,
      revision int not null,
      check_name text not null,
      source text not null check (source in ('invariant', 'reconciliation', 'audit')),
      subjects json not null,
      message text not null,
      opened_at timestamptz not null,
      resolved_at timestamptz
    );
    create index on ledger.findings (opened_at desc, id desc);
    create index on ledger.findings (source) where resolved_at is null;
  `,
} as const;

/**
 * The line of seals as it is read, and the leaves under each seal: what a proof needs to be made, and what
 * tells which of many events under a seal was changed.
 */
export const createLedgerSeal = {
  name: 'CreateLedgerSeal1763700000300',
  up: `
    create schema ledger_seal;

    create table ledger_seal.line (
      revision int primary key,
      position bigint not null unique,
      type text not null,
      number int unique,
      up_to bigint unique,
      known_at timestamptz not null,
      leaf bytea not null check (octet_length(leaf) = 32),
      data json not null,
      check ((number is null) = (up_to is null))
    );

    create table ledger_seal.leaves (
      after bigint not null,
      chunk int not null check (chunk >= 0),
      first_position bigint not null,
      leaves bytea not null check (octet_length(leaves) between 32 and 32768 and octet_length(leaves) % 32 = 0),
      primary key (after, chunk)
    );
    alter table ledger_seal.leaves alter column leaves set storage external;

    alter table read_models.snapshots add column prefix_hash bytea check (octet_length(prefix_hash) = 32);
  `,
} as const;

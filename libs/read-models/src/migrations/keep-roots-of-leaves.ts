/**
 * A proof needs the root of every chunk under its seal and the leaves of one. Leaves were made for no seal
 * yet, so there is none to compute a root of.
 */
export const keepRootsOfLeaves = {
  name: 'KeepRootsOfLeaves1763700005000',
  up: `alter table ledger_seal.leaves add column root bytea not null check (octet_length(root) = 32)`,
} as const;

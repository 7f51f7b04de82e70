export const migrations: readonly { readonly name: string; readonly up: string }[] = [
  {
    name: 'CreateDataKeys1763600000000',
    up: `
      create schema data_keys;
      create table data_keys.keys (
        id bigint generated always as identity primary key,
        salt bytea not null check (octet_length(salt) = 32),
        created_at timestamptz not null default now()
      );
      create table data_keys.master_key_proof (
        only_row boolean primary key default true check (only_row),
        proof bytea not null check (octet_length(proof) = 32)
      );
    `,
  },
];

/** Balances in a row per account, which each request locks for the length of its transaction. */
export const NAIVE_SCHEMA = `
create table accounts (api_key text primary key, balance bigint not null check (balance >= 0));
create table generations (
  id uuid primary key,
  api_key text not null references accounts,
  status text not null,
  input jsonb not null,
  created_at timestamptz not null default now()
);
create table ledger_entries (
  id bigint generated always as identity primary key,
  api_key text not null references accounts,
  generation_id uuid not null references generations,
  tokens bigint not null,
  created_at timestamptz not null default now()
)`;

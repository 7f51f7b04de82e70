/**
 * Logged, and each lease waits for the disk: after a crash of the server the counts go on where they stood. A
 * lease stands for many requests, so its write is none that a request waits for.
 */
export const migrations: readonly { readonly name: string; readonly up: string }[] = [
  {
    name: 'CreateRateLimits1763600000000',
    up: `
      create schema rate_limits;
      create table rate_limits.windows (
        counter text primary key check (counter <> ''),
        ends_at timestamptz not null,
        quota bigint not null check (quota > 0),
        used bigint not null check (used >= 0),
        granted bigint not null check (granted >= 0)
      ) with (fillfactor = 50);
      create index on rate_limits.windows (ends_at);
    `,
  },
];

/**
 * Unlogged: a beat writes no log and waits for no disk. A server that crashed starts with an empty table, and
 * every worker registers again within a beat.
 */
export const migrations: readonly { readonly name: string; readonly up: string }[] = [
  {
    name: 'CreateWorkerRegistry1763600000000',
    up: `
      create schema worker_registry;
      create unlogged table worker_registry.workers (
        id text collate "C" primary key,
        session text not null,
        standing text not null check (standing in ('active', 'cordoned', 'draining')),
        models text[],
        providers text[],
        vram_bytes bigint,
        slots int not null check (slots > 0),
        labels jsonb not null,
        version text,
        residency jsonb not null,
        used_slots int not null default 0,
        registered_at timestamptz not null default statement_timestamp(),
        seen_at timestamptz not null default statement_timestamp(),
        has_left boolean not null default false
      ) with (fillfactor = 50);
    `,
  },
];

/** Long work that operators started. Of one kind and subject one run at a time is under way. */
export const createBackgroundRuns = {
  name: 'CreateBackgroundRuns1763700041000',
  up: `
    create table read_models.background_runs (
      id text primary key,
      kind text not null,
      subject text not null,
      state text not null check (state in ('running', 'finished', 'failed', 'stopped')),
      actor_id text not null,
      reason text,
      progress json,
      result json,
      error text,
      stop_requested boolean not null default false,
      started_at timestamptz not null,
      changed_at timestamptz not null,
      ended_at timestamptz
    );
    create unique index on read_models.background_runs (kind, subject) where state = 'running';
    create index on read_models.background_runs (kind, subject, started_at desc);
    create index on read_models.background_runs (kind, started_at desc, id desc);
  `,
} as const;

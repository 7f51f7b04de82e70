/** Runs of before have no events, so none is missing. */
export const recordEndsOfRuns = {
  name: 'RecordEndsOfRuns1763700060000',
  up: `
    alter table read_models.background_runs
      add column correlation_id text,
      add column end_recorded boolean not null default true;
    alter table read_models.background_runs alter column end_recorded set default false;
    create index on read_models.background_runs (changed_at) where not end_recorded;
    create index on read_models.background_runs (ended_at);
  `,
} as const;

import type { SqlMigration } from '@imprest/read-models';

export const migrations: readonly SqlMigration[] = [
  {
    name: 'CreateDeployment1763640000000',
    up: `
create schema platform;
create table platform.deployment (
  name text primary key,
  value text not null,
  recorded_at timestamptz not null default now()
);
comment on table platform.deployment is 'What this database belongs to: its event store, by kind and first event.';
`,
  },
];

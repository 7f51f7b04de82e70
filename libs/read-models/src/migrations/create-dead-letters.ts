/** Work that has failed for good. */
export const createDeadLetters = {
  name: 'CreateDeadLetters1763700032000',
  up: `
    create table read_models.dead_letters (
      id text primary key,
      failure_class text not null,
      message text not null,
      attempts int not null,
      dead_lettered_at timestamptz not null,
      redriven_as text
    );
    create index on read_models.dead_letters (dead_lettered_at desc, id desc);
  `,
} as const;

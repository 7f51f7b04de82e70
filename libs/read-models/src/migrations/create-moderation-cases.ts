/** What moderators have to decide, and what they have decided. */
export const createModerationCases = {
  name: 'CreateModerationCases1763700041000',
  up: `
    create table read_models.moderation_cases (
      id text primary key,
      state text not null,
      kind text not null,
      grounds text not null,
      category text,
      tenant_id text not null,
      decision text,
      opened_at timestamptz not null,
      due_at timestamptz not null,
      view json not null,
      revision int not null
    );
    create index on read_models.moderation_cases (opened_at desc, id desc);
    create index on read_models.moderation_cases (due_at, id) where state = 'open';
  `,
} as const;

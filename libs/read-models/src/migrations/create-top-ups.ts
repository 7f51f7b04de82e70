export const createTopUps = {
  name: 'CreateTopUps1763700002000',
  up: `
    create table read_models.top_ups (
      id text primary key,
      tenant_id text not null,
      provider text not null,
      status text not null,
      under_review boolean not null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      credited_at timestamptz,
      expires_at timestamptz not null,
      state json not null,
      revision int not null
    );
    create index on read_models.top_ups (tenant_id, created_at desc, id desc);
    create index on read_models.top_ups (created_at desc, id desc);
    create index on read_models.top_ups (created_at, id) where under_review;
    create index on read_models.top_ups (created_at, id) where status in ('requested', 'open', 'pending');
    create index on read_models.top_ups (tenant_id) where status in ('requested', 'open', 'pending');
    create index on read_models.top_ups (created_at, id) where status = 'disputed';
  `,
};

export const createCharacters = {
  name: 'CreateCharacters1763700012000',
  up: `
    create table read_models.characters (
      id text primary key,
      tenant_id text not null,
      created_at timestamptz not null,
      deleted boolean not null,
      view json not null,
      revision int not null
    );
    create index on read_models.characters (tenant_id, created_at desc, id desc) where not deleted;
  `,
} as const;

/** Text in the order of its bytes: pages go on after a row, whatever the server's language is. */
export const countUsage = {
  name: 'CountUsage1763700011000',
  up: `
    create table read_models.usage (
      tenant_id text collate "C" not null,
      day text collate "C" not null,
      model text collate "C" not null,
      api_key_id text collate "C" not null,
      end_user_id text collate "C" not null,
      dialect text collate "C" not null,
      requests int not null,
      succeeded int not null,
      failed int not null,
      cancelled int not null,
      held bigint not null,
      captured bigint not null,
      released bigint not null,
      refunded bigint not null,
      primary key (tenant_id, day, model, api_key_id, end_user_id, dialect)
    );
    create table read_models.usage_generations (
      generation_id text primary key,
      tenant_id text,
      model text,
      api_key_id text,
      end_user_id text,
      dialect text,
      waiting json not null
    );
  `,
} as const;

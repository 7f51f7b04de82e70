/** Names of indexes and constraints are PostgreSQL's defaults, so that a rebuilt table has the same ones. */
export const createReadModels = {
  name: 'CreateReadModels1763600000100',
  up: `
    create schema read_models;

    create table read_models.checkpoints (
      consumer text primary key,
      position bigint not null check (position >= 0)
    ) with (fillfactor = 50);

    create table read_models.snapshots (
      stream text primary key,
      revision int not null,
      state_version int not null,
      state json not null
    );

    create table read_models.generations (
      id text primary key,
      tenant_id text not null,
      end_user_id text not null,
      api_key_id text not null,
      dialect text not null,
      model text not null,
      status text not null check (status in ('queued', 'processing', 'succeeded', 'failed', 'cancelled')),
      created_at timestamptz not null,
      finished_at timestamptz,
      erased boolean not null,
      view json not null,
      revision int not null
    );
    create index on read_models.generations (tenant_id, created_at desc, id desc) where not erased;
    create index on read_models.generations (tenant_id, end_user_id, created_at desc, id desc) where not erased;
    create index on read_models.generations (tenant_id, model, created_at desc, id desc) where not erased;
    create index on read_models.generations (tenant_id, status, created_at desc, id desc) where not erased;
    create index on read_models.generations (tenant_id, finished_at) where status = 'succeeded' and not erased;

    create table read_models.end_users (
      id text primary key,
      tenant_id text not null,
      confidential text,
      data_key_id text,
      generations int not null,
      succeeded int not null,
      failed int not null,
      cancelled int not null,
      tokens_charged bigint not null,
      refused_prompts int not null,
      first_seen timestamptz not null,
      last_seen timestamptz not null,
      state text not null check (state in ('active', 'blocked')),
      blocked_reason text,
      erased boolean not null,
      revision int not null,
      check ((state = 'blocked') = (blocked_reason is not null))
    ) with (fillfactor = 80);
    create index on read_models.end_users (tenant_id, first_seen desc, id desc);

    create table read_models.end_user_generations (
      generation_id text primary key,
      end_user_id text not null
    );

    create table read_models.tenants (
      id text primary key,
      name text not null,
      created_at timestamptz not null,
      revision int not null
    );
    create index on read_models.tenants (created_at desc, id desc);

    create table read_models.api_keys (
      id text primary key,
      tenant_id text not null,
      name text not null,
      prefix text not null,
      scopes text[] not null,
      expires_at timestamptz,
      requests_per_minute int not null,
      created_at timestamptz not null,
      rotated_to text,
      valid_until timestamptz,
      revoked_at timestamptz,
      revoked_reason text,
      revision int not null
    );
    create index on read_models.api_keys (tenant_id, created_at desc, id desc);

    create table read_models.api_key_usage (
      id text primary key,
      last_used_at timestamptz not null,
      requests bigint not null
    ) with (fillfactor = 50);

    create table read_models.webhook_messages (
      id text primary key,
      tenant_id text not null,
      generation_id text not null,
      status text not null check (status in ('pending', 'delivered', 'exhausted', 'refused', 'withdrawn')),
      attempts int not null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      revision int not null
    );
    create index on read_models.webhook_messages (tenant_id, created_at desc, id desc);
    create index on read_models.webhook_messages (status, created_at desc, id desc);
    create index on read_models.webhook_messages (created_at desc, id desc);
    create index on read_models.webhook_messages (generation_id);

    create table read_models.webhook_attempts (
      message_id text not null,
      attempt int not null,
      at timestamptz not null,
      outcome text not null,
      status int,
      error text,
      elapsed_ms int not null,
      next_attempt_at timestamptz,
      primary key (message_id, attempt)
    );

    create table read_models.assets (
      asset_id text primary key,
      generation_id text not null,
      tenant_id text not null,
      data_key_id text not null,
      media_type text not null,
      bytes bigint not null,
      sha256 text not null,
      stored_at timestamptz not null,
      erased boolean not null
    );
    create index on read_models.assets (stored_at, asset_id) where not erased;
    create index on read_models.assets (generation_id);

    create table read_models.asset_generations (
      generation_id text primary key,
      tenant_id text not null
    );

    create table read_models.reconciliation (
      generation_id text primary key,
      tenant_id text,
      requested boolean not null,
      outcomes int not null,
      charged bigint,
      refunded bigint,
      holds int not null,
      held bigint not null,
      closes int not null,
      captured bigint not null,
      changed_at timestamptz not null
    ) with (fillfactor = 70);
  `,
} as const;

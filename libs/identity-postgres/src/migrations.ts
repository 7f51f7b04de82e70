export const migrations: readonly { readonly name: string; readonly up: string }[] = [
  {
    name: 'CreateIdentity1763800000000',
    up: `
      create schema identity;

      create table identity.users (
        user_id text collate "C" primary key,
        email text not null unique,
        created_at timestamptz not null,
        password_hash text,
        totp_sealed text,
        totp_data_key_id text,
        totp_confirmed boolean not null default false,
        -- The latest time step whose code was used.
        totp_step bigint not null default -1,
        check ((totp_sealed is null) = (totp_data_key_id is null))
      );

      create table identity.tenants_of_users (
        user_id text collate "C" not null references identity.users on delete cascade,
        tenant_id text collate "C" not null,
        primary key (user_id, tenant_id)
      );

      create table identity.external_identities (
        issuer text not null,
        subject text not null,
        user_id text collate "C" not null references identity.users on delete cascade,
        primary key (issuer, subject)
      );

      create table identity.sessions (
        token_hash text primary key,
        user_id text collate "C" not null references identity.users on delete cascade,
        method text not null,
        opened_at timestamptz not null,
        seen_at timestamptz not null,
        idle_ends_at timestamptz not null,
        ends_at timestamptz not null,
        second_factor_pending boolean not null
      );
      create index on identity.sessions (user_id, opened_at);

      create table identity.links (
        token_hash text primary key,
        purpose text not null,
        user_id text collate "C" references identity.users on delete cascade,
        invitation_id text unique,
        tenant_id text,
        email text,
        expires_at timestamptz not null,
        check ((invitation_id is null) = (tenant_id is null)),
        check ((invitation_id is null) = (email is null))
      );
      create index on identity.links (user_id) where user_id is not null;
      create index on identity.links (tenant_id, expires_at) where tenant_id is not null;

      create table identity.tries (
        counter text primary key,
        count integer not null,
        ends_at timestamptz not null
      );
    `,
  },
  {
    name: 'SayWhereSessionsBegan1764000000000',
    up: `
      alter table identity.sessions
        -- Such as "Firefox on Linux".
        add column browser text,
        -- Such as "203.0.113.0/24": never a whole address.
        add column network text;
    `,
  },
];

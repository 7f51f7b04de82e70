/**
 * The books. Rebuilding makes new tables like these and puts them in their place, so nothing may refer
 * to them: no foreign key, no view. Only the function stays.
 */
export const createLedger = {
  name: 'CreateLedger1763600000200',
  up: `
    create schema ledger;

    create function ledger.sums_to_zero(tokens bigint[]) returns boolean
      language plpgsql immutable strict parallel safe as $$
      declare
        total numeric := 0;
        part bigint;
      begin
        if cardinality(tokens) = 2 then return tokens[1] = -tokens[2]; end if;
        foreach part in array tokens loop total := total + part; end loop;
        return total = 0;
      end $$;

    create table ledger.entries (
      position bigint primary key,
      tenant_id text not null,
      revision int not null check (revision >= 0),
      type text not null,
      generation_id text,
      happened_at timestamptz not null,
      known_at timestamptz not null,
      accounts text[] not null,
      tokens bigint[] not null,
      available bigint not null,
      held bigint not null check (held >= 0),
      unique (tenant_id, revision),
      check (cardinality(accounts) = cardinality(tokens)),
      check (ledger.sums_to_zero(tokens))
    );
    create index on ledger.entries (generation_id) where generation_id is not null;

    create table ledger.balances (
      tenant_id text not null,
      account text not null,
      tokens bigint not null,
      primary key (tenant_id, account)
    ) with (fillfactor = 70);

    create table ledger.lots (
      tenant_id text not null,
      lot_id text not null,
      kind text not null check (kind in ('purchased', 'promotional')),
      tokens bigint not null check (tokens > 0),
      available bigint not null,
      held bigint not null check (held >= 0),
      captured bigint not null check (captured >= 0),
      refunded bigint not null check (refunded between 0 and captured),
      expired bigint not null check (expired >= 0),
      charged_back bigint not null check (charged_back between 0 and tokens),
      paid_minor_units bigint check (paid_minor_units >= 0),
      currency text,
      expires_at timestamptz,
      source text not null,
      received_at timestamptz not null,
      primary key (tenant_id, lot_id),
      check (available + held + captured - refunded + expired + charged_back = tokens),
      check (available >= 0 or charged_back > 0),
      check ((kind = 'purchased') = (paid_minor_units is not null))
    ) with (fillfactor = 70);
    create index on ledger.lots (expires_at) where expires_at is not null;

    create table ledger.token_accounts (
      tenant_id text primary key,
      revision int not null,
      available bigint not null,
      held bigint not null check (held >= 0),
      frozen text
    ) with (fillfactor = 70);
  `,
} as const;

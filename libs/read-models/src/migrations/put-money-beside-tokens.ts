/**
 * The books with money beside tokens. They are a function of the events, so they are made anew: the
 * projector starts at the first event. Nothing may refer to these tables, since a rebuild replaces them.
 */
export const putMoneyBesideTokens = {
  name: 'PutMoneyBesideTokens1763700000100',
  up: `
    drop table ledger.entries, ledger.balances, ledger.lots, ledger.token_accounts;
    delete from read_models.checkpoints where consumer = 'journal';

    create function ledger.is_balanced(tokens bigint[], minor_units bigint[], currencies text[])
      returns boolean language plpgsql immutable strict parallel safe as $$
      begin
        if not ledger.sums_to_zero(tokens) then return false; end if;
        return not exists (
          select from unnest(minor_units, currencies) as line (money, currency)
          group by currency having sum(money) <> 0
        );
      end $$;

    create table ledger.entries (
      position bigint primary key,
      tenant_id text not null,
      revision int not null check (revision >= 0),
      event_id uuid not null,
      type text not null,
      generation_id text,
      happened_at timestamptz not null,
      known_at timestamptz not null,
      accounts text[] not null,
      lots text[] not null,
      tokens bigint[] not null,
      minor_units bigint[] not null,
      currencies text[] not null,
      available bigint not null,
      held bigint not null check (held >= 0),
      unique (tenant_id, revision),
      check (cardinality(accounts) = cardinality(tokens) and cardinality(lots) = cardinality(tokens)
        and cardinality(minor_units) = cardinality(tokens)
        and cardinality(currencies) = cardinality(tokens)),
      check (case cardinality(tokens)
        when 0 then true
        when 2 then tokens[1] = -tokens[2] and minor_units[1] = -minor_units[2]
          and currencies[1] = currencies[2]
        else ledger.is_balanced(tokens, minor_units, currencies) end)
    );
    create index on ledger.entries (generation_id) where generation_id is not null;
    create index on ledger.entries using brin (happened_at);

    create table ledger.balances (
      tenant_id text not null,
      account text not null,
      currency text not null,
      tokens bigint not null,
      minor_units bigint not null,
      primary key (tenant_id, account, currency),
      check (currency <> '' or minor_units = 0)
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
      repaid bigint not null check (repaid between 0 and tokens - charged_back),
      paid_minor_units bigint check (paid_minor_units >= 0),
      currency text check (currency <> ''),
      list_minor_units bigint check (list_minor_units >= paid_minor_units),
      discount_tier text,
      provider text,
      expires_at timestamptz,
      source text not null,
      received_at timestamptz not null,
      primary key (tenant_id, lot_id),
      check (available + held + captured - refunded + expired + charged_back + repaid = tokens),
      check (available >= 0 or charged_back > 0),
      check ((kind = 'purchased') = (paid_minor_units is not null)),
      check ((paid_minor_units is null) = (currency is null)),
      check ((list_minor_units is null) = (discount_tier is null))
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

import { breachesOf } from './invariant-report.js';

const tenant = "json_build_object('kind', 'tenant', 'id', tenant_id)";
const account = "json_build_object('kind', 'account', 'id', account)";
const lot = "json_build_object('kind', 'lot', 'id', lot_id)";

/** Classes whose tokens are sums over lots, with the sign they stand in the books with. */
const TOKENS: Readonly<Record<string, string>> = {
  'cash-clearing': 'paid_tokens - repaid',
  'charge-backs': '-charged_back',
  revenue: '-paid_captured',
  refunds: 'paid_refunded',
  held: '-held',
  breakage: '-expired',
  'promotional-issued': 'granted',
  'promotional-used': '-granted_used',
  'deferred-revenue': '-paid_available',
  promotional: '-granted_available',
};

/** Groups of classes whose money is a sum over lots. */
const MONEY: readonly (readonly [string, readonly string[], string])[] = [
  ['revenue less refunds', ['revenue', 'refunds'], '-recognised'],
  ['cash and charge-backs', ['cash-clearing', 'charge-backs'], 'paid - taken_back'],
  ['what is deferred', ['deferred-revenue', 'held'], 'recognised + taken_back - paid'],
];

const sumOf = (column: string, classes: readonly string[]) => {
  const names = classes.map((name) => `'${name}'`).join(', ');
  return `coalesce(sum(${column}) filter (where class in (${names})), 0)`;
};

const tokenColumns = Object.keys(TOKENS)
  .map((name) => `${sumOf('tokens', [name])} as "tokens of ${name}"`)
  .join(', ');
const moneyColumns = MONEY.map(
  ([name, classes]) => `${sumOf('minor_units', classes)} as "${name}"`,
);

function compared(): string {
  const tokens = Object.entries(TOKENS).map(
    ([name, expected]) => `('${name}', 'tokens', "tokens of ${name}", coalesce(${expected}, 0))`,
  );
  const money = MONEY.map(
    ([name, , expected]) => `('${name}', 'minor units', "${name}", coalesce(${expected}, 0))`,
  );
  return [...tokens, ...money].join(', ');
}

const BREACHES = `
  with lot as (
    select tenant_id, coalesce(currency, '') as currency,
      sum(available) as available, sum(held) as held, sum(expired) as expired,
      sum(charged_back) as charged_back, sum(repaid) as repaid,
      sum(tokens) filter (where kind = 'purchased') as paid_tokens,
      sum(captured) filter (where kind = 'purchased') as paid_captured,
      sum(refunded) filter (where kind = 'purchased') as paid_refunded,
      sum(available) filter (where kind = 'purchased') as paid_available,
      sum(tokens) filter (where kind = 'promotional') as granted,
      sum(available) filter (where kind = 'promotional') as granted_available,
      sum(captured - refunded) filter (where kind = 'promotional') as granted_used,
      sum(paid_minor_units) as paid,
      sum(div(paid_minor_units::numeric * (captured - refunded), tokens)) as recognised,
      sum(paid_minor_units - div(paid_minor_units::numeric * (tokens - charged_back - repaid), tokens))
        as taken_back
    from ledger.lots group by 1, 2
  ), balance as (
    select tenant_id, currency, ${tokenColumns}, ${moneyColumns.join(', ')},
      sum(tokens) as tokens, sum(minor_units) as minor_units
    from (select *, split_part(account, ':', 1) as class from ledger.balances) as balances
    group by 1, 2
  ), books as (
    select * from balance full join lot using (tenant_id, currency)
  ), line as (
    select tenant_id, currency, name, unit, coalesce(found, 0) as found, expected
    from books cross join lateral (values ${compared()}) as line (name, unit, found, expected)
  )
  select 'lotsAgainstBalances' as invariant, json_build_array(${tenant}, json_build_object('kind', 'account', 'id', name)) as subjects,
    format('the books say %s %s of %s, the lots %s', found, unit || coalesce(' ' || nullif(currency, ''), ''), name, expected) as message
  from line where found <> expected
  union all
  select 'lotsAgainstBalances', json_build_array(${tenant}, ${lot}),
    format('%s tokens are available in it, and the books owe %s', available, -tokens)
  from (
    select lots.tenant_id, lot_id, available, coalesce(balances.tokens, 0) as tokens
    from ledger.lots left join ledger.balances on balances.tenant_id = lots.tenant_id
      and balances.currency = coalesce(lots.currency, '')
      and balances.account = case kind when 'purchased' then 'deferred-revenue:purchased:' else 'promotional:' end || lot_id
  ) as lot where available <> -tokens
  union all
  select 'sumOfBalances', json_build_array(${tenant}),
    format('all accounts sum to %s tokens', tokens)
  from (select tenant_id, sum(tokens) as tokens from balance group by 1) as sums where tokens <> 0
  union all
  select 'sumOfBalances', json_build_array(${tenant}),
    format('all accounts sum to %s minor units of %s', minor_units, currency)
  from balance where minor_units <> 0
  union all
  select 'accountsAgainstLots', json_build_array(${tenant}),
    format('the account says %s available and %s held, its lots %s and %s', account_available, account_held, available, held)
  from (
    select coalesce(accounts.tenant_id, lots.tenant_id) as tenant_id,
      coalesce(accounts.available, 0) as account_available, coalesce(accounts.held, 0) as account_held,
      coalesce(lots.available, 0) as available, coalesce(lots.held, 0) as held
    from ledger.token_accounts as accounts full join
      (select tenant_id, sum(available) as available, sum(held) as held from lot group by 1) as lots
      using (tenant_id)
  ) as account where account_available <> available or account_held <> held
  union all
  select 'negativeLots', json_build_array(${tenant}, ${lot}), format('%s tokens are left in it', available)
  from ledger.lots where available < 0 and charged_back = 0
  union all
  select 'overdrawnHolds', json_build_array(${tenant}, ${account}), format('%s tokens too many were taken out of it', tokens)
  from ledger.balances where account like 'held:%' and tokens > 0`;

/** One pass over balances and one over lots, of the same moment: never entries. */
export const BOOKS_AGAINST_LOTS = breachesOf(BREACHES);

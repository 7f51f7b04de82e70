import { breachesOf, type InvariantGauges } from './invariant-report.js';

const subject = "json_build_array(json_build_object('kind', 'generation', 'id', generation_id))";

/** Of generations that are open or wrong: what has been reconciled left no row behind. `$1`: facts known later may wait. */
const BREACHES = `
  with open as (
    select *, changed_at < $1 as late,
      charged is distinct from captured or coalesce(refunded, 0) + captured <> held as differs
    from read_models.reconciliation
  )
  select 'endedButHeld' as invariant, ${subject} as subjects,
    format('it has ended, and %s tokens are still held', held - captured) as message
  from open where late and outcomes > 0 and holds > closes
  union all
  select 'chargedWithoutHold', ${subject}, format('%s tokens were charged that were never held', charged)
  from open where late and outcomes > 0 and holds = 0 and closes = 0 and charged <> 0
  union all
  select 'closedButNotEnded', ${subject}, format('its hold was closed with %s tokens captured, and it has not ended', captured)
  from open where late and requested and outcomes = 0 and closes > 0
  union all
  select 'closedTwice', ${subject}, format('it was held %s times, closed %s times and ended %s times', holds, closes, outcomes)
  from open where late and (holds > 1 or closes > 1 or outcomes > 1 or closes > holds)
  union all
  select 'heldWithoutRequest', ${subject}, format('%s tokens are held for what nobody asked for', held)
  from open where late and not requested and holds > 0
  union all
  select 'amountsDiffer', ${subject},
    format('the outcome says charged %s and refunded %s, the ledger captured %s of %s held', charged, refunded, captured, held)
  from open where requested and outcomes = 1 and holds = 1 and closes = 1 and differs`;

export const OUTCOMES_AGAINST_HOLDS = breachesOf(BREACHES);

/** `$1`: facts known later may wait. */
export const OPEN_WORK = `
  select
    count(*) filter (where requested and outcomes = 0) as "openGenerations",
    count(*) filter (where holds > closes) as "openHolds",
    count(*) filter (where late and requested and holds = 0 and outcomes = 0) as "requestedWithoutHold",
    count(*) filter (where late and outcomes > 0 and holds = 0 and closes = 0 and charged = 0) as "endedWithoutHold"
  from (select *, changed_at < $1 as late from read_models.reconciliation) as reconciliation`;

export type OpenWorkRow = Readonly<Record<keyof InvariantGauges, string>>;

/**
 * Holds that only one of two projections knows as open. Each projection may be ahead of the other: a hold
 * counts only when both have got past all that is known of it.
 */
const OPEN_HOLDS = `
  with standing as (
    select max(position) filter (where consumer = 'journal') as journal,
      max(position) filter (where consumer = 'reconciliation') as reconciliation,
      max(greatest(position, reached)) filter (where consumer = 'reconciliation') as furthest
    from read_models.checkpoints
  ), booked as (
    select tenant_id, substr(account, 6) as generation_id, sum(-tokens) as tokens
    from ledger.balances where account like 'held:%' group by 1, 2
  ), open as (
    select generation_id, held - captured as tokens from read_models.reconciliation
    where holds > closes and held > 0
  ), differing as (
    select coalesce(booked.generation_id, open.generation_id) as generation_id,
      booked.generation_id is not null as in_books, coalesce(booked.tokens, open.tokens) as tokens
    from booked full join open using (generation_id)
    where booked.generation_id is null or open.generation_id is null
  )
  select 'openHoldsDiffer' as invariant, ${subject} as subjects,
    case when in_books then format('%s tokens are held in the books for what is no open generation', tokens)
      else format('it is open, and the books do not hold its %s tokens', tokens) end as message
  from differing, standing
  where standing.journal >= standing.furthest and not exists (
    select from ledger.entries as entry
    where entry.generation_id = differing.generation_id and entry.position > standing.reconciliation
  )`;

export const OPEN_HOLDS_AGAINST_BOOKS = breachesOf(OPEN_HOLDS);

import type { DataSource } from 'typeorm';

/** What must always be 0, once reactors had the time they need. */
export interface InvariantViolations {
  /** Ended generations whose hold is still open. */
  readonly endedButHeld: number;
  /** Ended generations that were charged for without a hold. */
  readonly chargedWithoutHold: number;
  /** Holds closed for generations that have not ended. */
  readonly closedButNotEnded: number;
  /** Generations held, closed or ended more than once, or closed without a hold. */
  readonly closedTwice: number;
  /** Holds for which nothing was asked. */
  readonly heldWithoutRequest: number;
  /** Ended and settled, but outcome and ledger name different amounts. */
  readonly amountsDiffer: number;
  /** Tokens by which the balances of all accounts miss 0. */
  readonly sumOfBalances: number;
  /** Tokens by which lots and balances tell a different story about what can be spent and what is held. */
  readonly lotsAgainstBalances: number;
  /** Lots below zero that no charge-back explains. */
  readonly negativeLots: number;
  /** Holds with more released or captured than was held. */
  readonly overdrawnHolds: number;
}

export interface InvariantGauges {
  readonly openGenerations: number;
  readonly openHolds: number;
  /** Asked for, but never held: a crash came between. Nothing is charged and nothing runs. */
  readonly requestedWithoutHold: number;
  /** Ended uncharged without ever having been held. */
  readonly endedWithoutHold: number;
}

export interface Invariants {
  readonly violations: InvariantViolations;
  readonly gauges: InvariantGauges;
}

/** Reads what is open and what is wrong, never what has been reconciled. */
const RECONCILIATION = `
  select
    count(*) filter (where requested and outcomes = 0) as "openGenerations",
    count(*) filter (where holds > closes) as "openHolds",
    count(*) filter (where late and requested and holds = 0 and outcomes = 0) as "requestedWithoutHold",
    count(*) filter (where late and outcomes > 0 and holds = 0 and closes = 0 and charged = 0) as "endedWithoutHold",
    count(*) filter (where late and outcomes > 0 and holds > closes) as "endedButHeld",
    count(*) filter (where late and outcomes > 0 and holds = 0 and closes = 0 and charged <> 0) as "chargedWithoutHold",
    count(*) filter (where late and requested and outcomes = 0 and closes > 0) as "closedButNotEnded",
    count(*) filter (where late and (holds > 1 or closes > 1 or outcomes > 1 or closes > holds)) as "closedTwice",
    count(*) filter (where late and not requested and holds > 0) as "heldWithoutRequest",
    count(*) filter (where requested and outcomes = 1 and holds = 1 and closes = 1) as "amountsDiffer"
  from (select *, changed_at < $1 as late from read_models.reconciliation) as reconciliation`;

/** One pass over balances and one over lots, of the same moment. */
const BOOKS = `
  with balance as (
    select coalesce(sum(tokens), 0) as all_tokens,
      coalesce(sum(tokens) filter (where account like 'held:%'), 0) as held,
      coalesce(sum(tokens) filter (where account like 'deferred-revenue:%' or account like 'promotional:%'), 0) as available,
      count(*) filter (where account like 'held:%' and tokens > 0) as overdrawn
    from ledger.balances
  ), lot as (
    select coalesce(sum(available), 0) as available, coalesce(sum(held), 0) as held,
      count(*) filter (where available < 0 and charged_back = 0) as negative
    from ledger.lots
  )
  select abs(balance.all_tokens) as "sumOfBalances", balance.overdrawn as "overdrawnHolds",
    lot.negative as "negativeLots",
    abs(lot.available + balance.available) + abs(lot.held + balance.held) as "lotsAgainstBalances"
  from balance, lot`;

/**
 * Measures what the product promises about money, for a monitor that never stops. The first query
 * costs as much as there are open generations, the second as there are lots and open holds; neither
 * grows with the number of entries or of generations ever made.
 * @param before facts known later than this may still be waiting for their counterpart.
 */
export async function invariants(dataSource: DataSource, before: Date): Promise<Invariants> {
  const [[reconciliation], [books]] = await Promise.all([
    dataSource.query<Record<string, string>[]>(RECONCILIATION, [before]),
    dataSource.query<Record<string, string>[]>(BOOKS),
  ]);
  const number = (name: string) => Number(reconciliation?.[name] ?? books?.[name]);
  return {
    violations: {
      endedButHeld: number('endedButHeld'),
      chargedWithoutHold: number('chargedWithoutHold'),
      closedButNotEnded: number('closedButNotEnded'),
      closedTwice: number('closedTwice'),
      heldWithoutRequest: number('heldWithoutRequest'),
      amountsDiffer: number('amountsDiffer'),
      sumOfBalances: number('sumOfBalances'),
      lotsAgainstBalances: number('lotsAgainstBalances'),
      negativeLots: number('negativeLots'),
      overdrawnHolds: number('overdrawnHolds'),
    },
    gauges: {
      openGenerations: number('openGenerations'),
      openHolds: number('openHolds'),
      requestedWithoutHold: number('requestedWithoutHold'),
      endedWithoutHold: number('endedWithoutHold'),
    },
  };
}

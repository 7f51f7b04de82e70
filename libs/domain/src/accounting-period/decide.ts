import { accepted, type Decider, type Decision, rejected } from '../shared/decider.js';
import { type DomainError, domainError, validationError } from '../shared/domain-error.js';
import { isTimestamp } from '../shared/timestamp.js';
import type { AccountingPeriodEvent, ClosingBalance, PeriodClosed } from './events.js';
import { isMonth, type Month, monthsLater, startOfMonth } from './month.js';
import type { ClosedMonth } from './periods.js';

/** The one stream of closes: the product has one set of books. */
export const ACCOUNTING_PERIOD_ID = 'books';

export type ClosePeriod = { readonly type: 'ClosePeriod' } & PeriodClosed['data'];

/** Asked for, and always refused: it is here so that the refusal is a rule and not a missing feature. */
export interface ReopenPeriod {
  readonly type: 'ReopenPeriod';
  readonly month: Month;
}

export type AccountingPeriodCommand = ClosePeriod | ReopenPeriod;

export interface AccountingPeriodState {
  readonly closed: ClosedMonth[];
}

type Decided = Decision<AccountingPeriodEvent>;

const HASH = /^[0-9a-f]{64}$/;
const POSITION = /^(0|[1-9][0-9]{0,18})$/;

function malformed({ month, upTo, closedAt, digest, seal, entries, reason }: ClosePeriod) {
  if (!isMonth(month)) return validationError('month', 'must be a month such as 2026-01');
  if (!POSITION.test(upTo)) return validationError('upTo', 'must be a position');
  if (!isTimestamp(closedAt)) {
    return validationError('closedAt', 'must be a UTC timestamp with milliseconds');
  }
  if (!HASH.test(digest)) return validationError('digest', 'must be a SHA-256 in hexadecimal');
  if (entries < 0n) return validationError('entries', 'must not be negative');
  if (reason?.trim() === '') return validationError('reason', 'must say why');
  if (seal !== null && !(POSITION.test(seal.upTo) && HASH.test(seal.digest))) {
    return validationError('seal', 'is malformed');
  }
  if (seal !== null && BigInt(seal.upTo) < BigInt(upTo)) {
    return validationError('seal', 'must cover everything that is closed');
  }
  return undefined;
}

function outOfBalance(trialBalance: readonly ClosingBalance[]): string | undefined {
  const sums = new Map<string, bigint>();
  const add = (unit: string, amount: bigint) => sums.set(unit, (sums.get(unit) ?? 0n) + amount);
  for (const { currency, tokens, minorUnits } of trialBalance) {
    add('tokens', tokens);
    if (currency !== null) add(currency, minorUnits);
  }
  const [unit, sum] = [...sums].find(([, total]) => total !== 0n) ?? [];
  return unit === undefined ? undefined : `misses 0 by ${sum} ${unit}`;
}

/**
 * Why a month cannot be the next one to close, whatever the books say.
 * @param last the last one that was closed
 * @param at ISO 8601
 */
export function outOfTurn(
  month: Month,
  last: ClosedMonth | undefined,
  at: string,
): DomainError | undefined {
  const next = last === undefined ? month : monthsLater(last.month, 1);
  if (month !== next) {
    return domainError('conflict', `months are closed in order: ${next} comes next`);
  }
  if (at >= startOfMonth(monthsLater(month, 1))) return undefined;
  return domainError('conflict', `${month} is not over yet`);
}

function close(command: ClosePeriod, { closed }: AccountingPeriodState): Decided {
  const { type: _, ...data } = command;
  const { month, upTo, closedAt, trialBalance } = data;
  const problem = malformed(command);
  if (problem !== undefined) return rejected(problem);
  const last = closed.at(-1);
  if (last !== undefined && month <= last.month) return accepted();
  const early = outOfTurn(month, last, closedAt);
  if (early !== undefined) return rejected(early);
  if (last !== undefined && BigInt(upTo) < last.upTo) {
    return rejected(validationError('upTo', `must not be before ${last.upTo}`));
  }
  const difference = outOfBalance(trialBalance);
  if (difference !== undefined) {
    return rejected(domainError('conflict', `the trial balance of ${month} ${difference}`));
  }
  return accepted({ type: 'PeriodClosed', data });
}

function reopen({ month }: ReopenPeriod, { closed }: AccountingPeriodState): Decided {
  const last = closed.at(-1);
  if (last === undefined || month > last.month) {
    return rejected(domainError('conflict', `${month} is open`));
  }
  return rejected(
    domainError(
      'forbidden',
      `${month} is closed for good: what becomes known of it is booked in the first open month`,
    ),
  );
}

export const accountingPeriod: Decider<
  AccountingPeriodCommand,
  AccountingPeriodState,
  AccountingPeriodEvent
> = {
  category: 'accountingPeriod',
  initialState: () => ({ closed: [] }),
  decide: (command, state) =>
    command.type === 'ClosePeriod' ? close(command, state) : reopen(command, state),
  evolve: (state, { data }) => {
    state.closed.push({ month: data.month, upTo: BigInt(data.upTo) });
    return state;
  },
};

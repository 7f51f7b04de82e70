import {
  accepted,
  type Decider,
  type Decision,
  type DomainFact,
  rejected,
} from '../shared/decider.js';
import { validationError } from '../shared/domain-error.js';
import type { Tokens } from '../shared/tokens.js';
import type { SealedSecret } from '../tenant/index.js';

/** The tenant wants to hear when fewer tokens than that are left. */
export type BalanceAlertSet = DomainFact<
  'BalanceAlertSet',
  {
    readonly threshold: Tokens;
    /** URL to call: it may hold a secret. */
    readonly target: SealedSecret;
  }
>;

export type BalanceAlertCleared = DomainFact<'BalanceAlertCleared', Record<never, never>>;

/** The balance crossed the threshold downwards. */
export type BalanceFellLow = DomainFact<
  'BalanceFellLow',
  {
    /** From 1, counting all that the tenant was ever told. */
    readonly crossing: number;
    readonly available: Tokens;
    readonly threshold: Tokens;
    /** Of the account when it was looked at. */
    readonly accountRevision: number;
  }
>;

/** And back: the next fall is told again. */
export type BalanceRecovered = DomainFact<
  'BalanceRecovered',
  { readonly available: Tokens; readonly accountRevision: number }
>;

export type BalanceAlertEvent =
  | BalanceAlertSet
  | BalanceAlertCleared
  | BalanceFellLow
  | BalanceRecovered;

export interface SetBalanceAlert {
  readonly type: 'SetBalanceAlert';
  readonly threshold: Tokens;
  readonly target: SealedSecret;
}

export interface ClearBalanceAlert {
  readonly type: 'ClearBalanceAlert';
}

/** Somebody looked at the account. */
export interface ObserveBalance {
  readonly type: 'ObserveBalance';
  readonly available: Tokens;
  readonly accountRevision: number;
}

export type BalanceAlertCommand = SetBalanceAlert | ClearBalanceAlert | ObserveBalance;

export interface BalanceAlertState {
  /** Null when nothing is to be told. */
  threshold: Tokens | null;
  target: SealedSecret | null;
  isLow: boolean;
  crossings: number;
  /** Of the look that led to the latest fall or recovery; what was seen before it is old. */
  accountRevision: number;
}

function observe(
  state: BalanceAlertState,
  { available, accountRevision }: ObserveBalance,
): Decision<BalanceAlertEvent> {
  const { threshold, isLow, crossings } = state;
  if (threshold === null || accountRevision <= state.accountRevision) return accepted();
  if (available < threshold === isLow) return accepted();
  if (isLow) return accepted({ type: 'BalanceRecovered', data: { available, accountRevision } });
  const crossing = crossings + 1;
  return accepted({
    type: 'BalanceFellLow',
    data: { crossing, available, threshold, accountRevision },
  });
}

function decide(
  command: BalanceAlertCommand,
  state: BalanceAlertState,
): Decision<BalanceAlertEvent> {
  switch (command.type) {
    case 'SetBalanceAlert': {
      const { threshold, target } = command;
      if (threshold <= 0n) return rejected(validationError('threshold', 'must be more than 0'));
      return accepted({ type: 'BalanceAlertSet', data: { threshold, target } });
    }
    case 'ClearBalanceAlert':
      if (state.threshold === null) return accepted();
      return accepted({ type: 'BalanceAlertCleared', data: {} });
    case 'ObserveBalance':
      return observe(state, command);
  }
}

function evolve(state: BalanceAlertState, event: BalanceAlertEvent): BalanceAlertState {
  switch (event.type) {
    case 'BalanceAlertSet':
      state.threshold = event.data.threshold;
      state.target = event.data.target;
      // Whoever sets an alert wants to hear of a balance that is low already.
      state.isLow = false;
      state.accountRevision = -1;
      break;
    case 'BalanceAlertCleared':
      state.threshold = null;
      state.target = null;
      break;
    case 'BalanceFellLow':
      state.isLow = true;
      state.crossings = event.data.crossing;
      state.accountRevision = event.data.accountRevision;
      break;
    case 'BalanceRecovered':
      state.isLow = false;
      state.accountRevision = event.data.accountRevision;
      break;
    default:
      event satisfies never;
  }
  return state;
}

export const balanceAlert: Decider<BalanceAlertCommand, BalanceAlertState, BalanceAlertEvent> = {
  category: 'balanceAlert',
  initialState: () => ({
    threshold: null,
    target: null,
    isLow: false,
    crossings: 0,
    accountRevision: -1,
  }),
  decide,
  evolve,
};

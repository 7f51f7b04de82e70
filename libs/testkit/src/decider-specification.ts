import { deepStrictEqual } from 'node:assert/strict';
import type { Decider, Decision, DomainError, DomainErrorCode } from '@imprest/domain';
import { fold } from '@imprest/domain';

/** What a rejection must say beside its code: the path of the field, or any part of the error. */
export type ExpectedRejection = string | Partial<Omit<DomainError, 'code'>>;

export interface DecidedCommand<State, Event> {
  /** Accepted with exactly these events, in this order. */
  then(...events: readonly Event[]): void;
  /** Accepted as a repeat: no events. */
  thenNothingHappened(): void;
  thenRejected(code: DomainErrorCode, expected?: ExpectedRejection): void;
  /** Accepted; hands over the state with the new events folded in. */
  thenState(check: (state: State) => void): void;
}

export interface GivenHistory<Command, State, Event> {
  when(command: Command): DecidedCommand<State, Event>;
}

/**
 * A decider's behaviour as a sentence: given a history, when a command comes, then these events.
 * Every `when` also proves that deciding left the state as it was.
 * Checks return nothing on purpose: a test that handed this back would be awaited through `then`.
 */
export function given<Command, State, Event>(
  decider: Decider<Command, State, Event>,
  ...history: readonly Event[]
): GivenHistory<Command, State, Event> {
  return {
    when(command) {
      const state = fold(decider, history);
      const untouched = structuredClone(state);
      const decision = decider.decide(command, state);
      deepStrictEqual(state, untouched, 'decide changed the state');
      return decidedCommand(decider, state, decision);
    },
  };
}

function decidedCommand<Command, State, Event>(
  decider: Decider<Command, State, Event>,
  state: State,
  decision: Decision<Event>,
): DecidedCommand<State, Event> {
  const eventsOf = (): readonly Event[] => {
    deepStrictEqual(decision.kind === 'rejected' ? decision.error : undefined, undefined);
    return decision.kind === 'accepted' ? decision.events : [];
  };
  return {
    // biome-ignore lint/suspicious/noThenProperty: given, when, then is the vocabulary of the field
    then: (...events) => deepStrictEqual(eventsOf(), events),
    thenNothingHappened: () => deepStrictEqual(eventsOf(), []),
    thenRejected: (code, expected = {}) => {
      if (decision.kind === 'accepted') {
        deepStrictEqual(decision, { kind: 'rejected', error: { code } });
      } else {
        const wanted = typeof expected === 'string' ? { field: expected } : expected;
        deepStrictEqual(decision.error, { ...decision.error, ...wanted, code });
      }
    },
    thenState: (check) => {
      check(eventsOf().reduce((current, event) => decider.evolve(current, event), state));
    },
  };
}

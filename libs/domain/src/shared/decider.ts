import type { DomainError } from './domain-error.js';

/** A fact of the domain: a name in the past tense and its data. */
export interface DomainFact<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** Accepted with no events means that the command was a repeat: nothing happened, and that is fine. */
export type Decision<Event> =
  | { readonly kind: 'accepted'; readonly events: readonly Event[] }
  | { readonly kind: 'rejected'; readonly error: DomainError };

export function accepted<Event>(...events: readonly Event[]): Decision<Event> {
  return { kind: 'accepted', events };
}

export function rejected(error: DomainError): Decision<never> {
  return { kind: 'rejected', error };
}

/**
 * The whole of a stream's behaviour in three functions (J. Chassaing, "Functional Event Sourcing Decider").
 * `decide` and `evolve` know no clock, no chance and no I/O. A state belongs to whoever folds it, and
 * `evolve` may update it in place: a hot account folds tens of thousands of events a second, and
 * copying its open holds for each would be quadratic. `decide` never changes the state.
 */
export interface Decider<Command, State, Event> {
  /** Stream category, without a dash. */
  readonly category: string;
  initialState(): State;
  decide(command: Command, state: State): Decision<Event>;
  evolve(state: State, event: Event): State;
}

export function fold<State, Event>(
  decider: Pick<Decider<never, State, Event>, 'initialState' | 'evolve'>,
  events: Iterable<Event>,
): State {
  let state = decider.initialState();
  for (const event of events) state = decider.evolve(state, event);
  return state;
}

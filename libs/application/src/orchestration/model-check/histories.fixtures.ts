import type { Decider, DomainError } from '@imprest/domain';

/** A history of one stream, shared by all worlds that have it. */
export interface History<State, Event> {
  /** Tells histories of one stream apart. */
  readonly id: number;
  readonly length: number;
  readonly state: State;
  readonly events: readonly Event[];
}

export type Outcome<State, Event> =
  | { readonly kind: 'accepted'; readonly history: History<State, Event>; readonly isNew: boolean }
  | { readonly kind: 'rejected'; readonly error: DomainError };

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value);

/** Every history that commands can lead to, each folded once: a decision on it is looked up from then on. */
export class Histories<Command, State, Event> {
  readonly first: History<State, Event>;
  private readonly known = new Map<string, History<State, Event>>();
  private readonly decided = new Map<string, Outcome<State, Event>>();

  constructor(
    private readonly decider: Decider<Command, State, Event>,
    begin: readonly Event[],
  ) {
    this.first = this.after(
      { id: -1, length: 0, state: decider.initialState(), events: [] },
      begin,
    );
  }

  /** @param name tells commands apart that this history may get: deciding is dear, looking up is not */
  run(history: History<State, Event>, name: string, command: () => Command): Outcome<State, Event> {
    const key = `${history.id} ${name}`;
    let outcome = this.decided.get(key);
    if (outcome === undefined) {
      const decision = this.decider.decide(command(), history.state);
      outcome =
        decision.kind === 'rejected'
          ? decision
          : {
              kind: 'accepted',
              history: this.after(history, decision.events),
              isNew: decision.events.length > 0,
            };
      this.decided.set(key, outcome);
    }
    return outcome;
  }

  private after(history: History<State, Event>, events: readonly Event[]): History<State, Event> {
    if (events.length === 0 && history.id >= 0) return history;
    const key = `${history.id} ${JSON.stringify(events, plain)}`;
    let next = this.known.get(key);
    if (next === undefined) {
      const all = [...history.events, ...events];
      let state = this.decider.initialState();
      for (const event of all) state = this.decider.evolve(state, event);
      next = { id: this.known.size, length: all.length, state, events: all };
      this.known.set(key, next);
    }
    return next;
  }
}

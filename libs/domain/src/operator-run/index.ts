import {
  accepted,
  type Decider,
  type Decision,
  type DomainFact,
  rejected,
} from '../shared/decider.js';
import { domainError } from '../shared/domain-error.js';

/** `stopped`: somebody or something ended it before its end. */
export type OperatorRunOutcome = 'finished' | 'failed' | 'stopped';

/** What an operator has done to the installation itself, and why. Known before anything is touched. */
export type OperatorRunBegun = DomainFact<
  'OperatorRunBegun',
  {
    /** What is done, such as `projection-rebuild`. */
    readonly work: string;
    /** What it is done to, such as the name of a projection. */
    readonly subject: string;
    /** Null when nobody was asked. */
    readonly reason: string | null;
  }
>;

export type OperatorRunEnded = DomainFact<
  'OperatorRunEnded',
  {
    readonly work: string;
    readonly subject: string;
    readonly outcome: OperatorRunOutcome;
    /** What came of it, in words and counts; null unless it is finished and there is something to say. */
    readonly result: string | null;
    /** Name of the error; never its message, which may quote what has to stay erasable. Null unless it failed. */
    readonly failure: string | null;
  }
>;

export type OperatorRunEvent = OperatorRunBegun | OperatorRunEnded;

export type BeginOperatorRun = { readonly type: 'BeginOperatorRun' } & OperatorRunBegun['data'];

export type EndOperatorRun = { readonly type: 'EndOperatorRun' } & Omit<
  OperatorRunEnded['data'],
  'work' | 'subject'
>;

export type OperatorRunCommand = BeginOperatorRun | EndOperatorRun;

export interface OperatorRunState {
  begun: OperatorRunBegun['data'] | undefined;
  ended: boolean;
}

/** Each is said once: the first end counts. */
function decide(
  command: OperatorRunCommand,
  { begun, ended }: OperatorRunState,
): Decision<OperatorRunEvent> {
  if (command.type === 'BeginOperatorRun') {
    const { type: _, ...data } = command;
    return begun === undefined ? accepted({ type: 'OperatorRunBegun', data }) : accepted();
  }
  if (begun === undefined) return rejected(domainError('conflict', 'the run has not begun'));
  if (ended) return accepted();
  const { type: _, ...end } = command;
  const { work, subject } = begun;
  return accepted({ type: 'OperatorRunEnded', data: { work, subject, ...end } });
}

function evolve(state: OperatorRunState, event: OperatorRunEvent): OperatorRunState {
  if (event.type === 'OperatorRunBegun') state.begun = event.data;
  else state.ended = true;
  return state;
}

export const operatorRun: Decider<OperatorRunCommand, OperatorRunState, OperatorRunEvent> = {
  category: 'operatorRun',
  initialState: () => ({ begun: undefined, ended: false }),
  decide,
  evolve,
};

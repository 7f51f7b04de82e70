import {
  accepted,
  type Decider,
  type Decision,
  type DomainFact,
  rejected,
} from '../shared/decider.js';
import { domainError } from '../shared/domain-error.js';

/** An event that a consumer could not process, with all that follows it in its stream. */
export type EventParked = DomainFact<
  'EventParked',
  {
    readonly stream: string;
    readonly revision: number;
    readonly eventId: string;
    readonly eventType: string;
    readonly kind: ConsumerKind;
    /** Name of the error; never its message, which may quote what has to stay erasable. */
    readonly failure: string;
    readonly attempts: number;
  }
>;

/** Someone asked for another attempt. */
export type ParkedEventRetried = DomainFact<
  'ParkedEventRetried',
  { readonly stream: string; readonly revision: number; readonly reason: string }
>;

/** Someone decided that the consumer does without this event. */
export type ParkedEventSkipped = DomainFact<
  'ParkedEventSkipped',
  { readonly stream: string; readonly revision: number; readonly reason: string }
>;

/** The stream goes on as all others do. */
export type ParkedStreamReleased = DomainFact<
  'ParkedStreamReleased',
  {
    readonly stream: string;
    /** First revision that did not wait. */
    readonly revision: number;
  }
>;

export type ConsumerEvent =
  | EventParked
  | ParkedEventRetried
  | ParkedEventSkipped
  | ParkedStreamReleased;

export type ConsumerKind = 'projector' | 'reactor';

export interface ParkEvent {
  readonly type: 'ParkEvent';
  readonly parked: EventParked['data'];
}

export interface RetryParkedEvent {
  readonly type: 'RetryParkedEvent';
  readonly stream: string;
  readonly revision: number;
  readonly reason: string;
}

export interface SkipParkedEvent {
  readonly type: 'SkipParkedEvent';
  readonly stream: string;
  readonly revision: number;
  readonly reason: string;
}

export interface ReleaseParkedStream {
  readonly type: 'ReleaseParkedStream';
  readonly stream: string;
  readonly revision: number;
}

export type ConsumerCommand = ParkEvent | RetryParkedEvent | SkipParkedEvent | ReleaseParkedStream;

interface Parked {
  readonly revision: number;
  readonly kind: ConsumerKind;
  /** What staff decided since it was parked last. */
  readonly decided: 'nothing' | 'retry' | 'skip';
}

export interface ConsumerState {
  /** By stream. */
  readonly parked: Map<string, Parked>;
}

function decide(command: ConsumerCommand, { parked }: ConsumerState): Decision<ConsumerEvent> {
  if (command.type === 'ParkEvent') {
    const { stream, revision } = command.parked;
    const known = parked.get(stream);
    if (known?.revision === revision && known.decided === 'nothing') return accepted();
    return accepted({ type: 'EventParked', data: command.parked });
  }
  const { stream, revision } = command;
  const known = parked.get(stream);
  if (command.type === 'ReleaseParkedStream') {
    if (known === undefined) return accepted();
    return accepted({ type: 'ParkedStreamReleased', data: { stream, revision } });
  }
  if (known === undefined) return rejected(domainError('not_found', `${stream} is not parked`));
  const { reason } = command;
  if (command.type === 'RetryParkedEvent') {
    if (known.decided === 'retry') return accepted();
    return accepted({ type: 'ParkedEventRetried', data: { stream, revision, reason } });
  }
  if (known.kind === 'projector') return rejected(neverSkipped(stream, revision));
  if (known.decided === 'skip') return accepted();
  return accepted({ type: 'ParkedEventSkipped', data: { stream, revision, reason } });
}

function neverSkipped(stream: string, revision: number) {
  return domainError(
    'conflict',
    `a projector's rows have to be what a replay makes: revision ${revision} of ${stream} can be retried, not skipped`,
  );
}

function evolve(state: ConsumerState, event: ConsumerEvent): ConsumerState {
  const { stream } = event.data;
  const known = state.parked.get(stream);
  switch (event.type) {
    case 'EventParked': {
      const { revision, kind } = event.data;
      state.parked.set(stream, { revision, kind, decided: 'nothing' });
      break;
    }
    case 'ParkedEventRetried':
      if (known !== undefined) state.parked.set(stream, { ...known, decided: 'retry' });
      break;
    case 'ParkedEventSkipped':
      if (known !== undefined) state.parked.set(stream, { ...known, decided: 'skip' });
      break;
    case 'ParkedStreamReleased':
      state.parked.delete(stream);
      break;
    default:
      event satisfies never;
  }
  return state;
}

/** The parked streams of one consumer, under the consumer's name: who parked what, and what staff did about it. */
export const consumer: Decider<ConsumerCommand, ConsumerState, ConsumerEvent> = {
  category: 'consumer',
  initialState: () => ({ parked: new Map() }),
  decide,
  evolve,
};

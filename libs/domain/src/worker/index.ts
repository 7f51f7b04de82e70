import { accepted, type Decider, type Decision, type DomainFact } from '../shared/decider.js';

/** It gets no new work; what it has it finishes. */
export type WorkerCordoned = DomainFact<'WorkerCordoned', { readonly reason: string }>;

/** Like a cordon, and the worker is told, so that it can be taken away when it has finished. */
export type WorkerDrainBegun = DomainFact<'WorkerDrainBegun', { readonly reason: string }>;

/** It gets work again. */
export type WorkerUncordoned = DomainFact<'WorkerUncordoned', { readonly reason: string }>;

export type WorkerEvent = WorkerCordoned | WorkerDrainBegun | WorkerUncordoned;

/** What an operator has decided about a worker. */
export type OrderedStanding = 'active' | 'cordoned' | 'draining';

export interface WorkerCommand {
  readonly type: 'CordonWorker' | 'DrainWorker' | 'UncordonWorker';
  readonly reason: string;
}

export interface WorkerState {
  standing: OrderedStanding;
}

const standingAfter = {
  CordonWorker: 'cordoned',
  DrainWorker: 'draining',
  UncordonWorker: 'active',
} as const satisfies Record<WorkerCommand['type'], OrderedStanding>;

const factOf = {
  CordonWorker: 'WorkerCordoned',
  DrainWorker: 'WorkerDrainBegun',
  UncordonWorker: 'WorkerUncordoned',
} as const satisfies Record<WorkerCommand['type'], WorkerEvent['type']>;

/** Whatever stands already needs no second fact. */
function decide({ type, reason }: WorkerCommand, state: WorkerState): Decision<WorkerEvent> {
  if (state.standing === standingAfter[type]) return accepted();
  return accepted({ type: factOf[type], data: { reason } });
}

function evolve(state: WorkerState, event: WorkerEvent): WorkerState {
  switch (event.type) {
    case 'WorkerCordoned':
      state.standing = 'cordoned';
      break;
    case 'WorkerDrainBegun':
      state.standing = 'draining';
      break;
    case 'WorkerUncordoned':
      state.standing = 'active';
      break;
    default:
      event satisfies never;
  }
  return state;
}

export const worker: Decider<WorkerCommand, WorkerState, WorkerEvent> = {
  category: 'worker',
  initialState: () => ({ standing: 'active' }),
  decide,
  evolve,
};

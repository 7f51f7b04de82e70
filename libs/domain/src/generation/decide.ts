import { accepted, type Decision, rejected } from '../shared/decider.js';
import { type DomainErrorCode, domainError, validationError } from '../shared/domain-error.js';
import { type Allocation, splitAllocations } from '../shared/tokens.js';
import type { GenerationEvent, GenerationRequested, StoredImage } from './events.js';
import { type GenerationState, isTerminal } from './state.js';

export interface RequestGeneration {
  readonly type: 'RequestGeneration';
  readonly request: GenerationRequested['data'];
}

export interface StartGeneration {
  readonly type: 'StartGeneration';
  readonly attempt: number;
}

export interface CompleteGeneration {
  readonly type: 'CompleteGeneration';
  readonly stored: readonly StoredImage[];
  /** Indexes of images that storage lost. */
  readonly lost: readonly number[];
  /** What is held for it, lot by lot in the order drawn. */
  readonly held?: readonly Allocation[];
}

export interface FailGeneration {
  readonly type: 'FailGeneration';
  readonly code: DomainErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfter: number | null;
  /** Of what is held, where a rule of the operator charges for the failure; nothing when absent. */
  readonly charge?: FailureCharge;
}

export interface FailureCharge {
  /** Of the quoted total, 0 to 100; rounded down to whole tokens. */
  readonly percent: number;
  readonly held: readonly Allocation[];
}

export interface CancelGeneration {
  readonly type: 'CancelGeneration';
  readonly reason: string;
}

export interface EraseGeneration {
  readonly type: 'EraseGeneration';
  readonly reason: string;
}

export type GenerationCommand =
  | RequestGeneration
  | StartGeneration
  | CompleteGeneration
  | FailGeneration
  | CancelGeneration
  | EraseGeneration;

type GenerationDecision = Decision<GenerationEvent>;

function request(state: GenerationState, data: GenerationRequested['data']): GenerationDecision {
  if (state.status !== 'none') {
    if (state.fingerprint === data.fingerprint) return accepted();
    return rejected(
      domainError('conflict', 'this Idempotency-Key was used before with another request'),
    );
  }
  const { images, perImage, total } = data.price;
  if (!Number.isSafeInteger(images) || images < 1 || total !== perImage * BigInt(images)) {
    return rejected(
      validationError('price', 'must be its price per image times one image or more'),
    );
  }
  return accepted({ type: 'GenerationRequested', data });
}

/** Each image asked for at most once: a worker that sends more must not make the caller pay more. */
function countedImages(images: number, command: CompleteGeneration) {
  const wasAskedFor = (index: number) =>
    Number.isSafeInteger(index) && index >= 0 && index < images;
  const stored = new Map<number, StoredImage>();
  for (const image of command.stored) {
    if (wasAskedFor(image.index) && !stored.has(image.index)) stored.set(image.index, image);
  }
  const lost = new Set(command.lost.filter((index) => wasAskedFor(index) && !stored.has(index)));
  return { stored: [...stored.values()], lost: [...lost] };
}

function complete(state: GenerationState, command: CompleteGeneration): GenerationDecision {
  const { stored, lost } = countedImages(state.images, command);
  if (stored.length === 0) {
    return fail(state, {
      type: 'FailGeneration',
      code: 'provider_error',
      message: lost.length === 0 ? 'the provider made no image' : 'no image could be stored',
      retryable: true,
      retryAfter: null,
    });
  }
  const charged = state.perImage * BigInt(stored.length);
  const { head: lots } = splitAllocations(command.held ?? [], charged);
  return accepted<GenerationEvent>(
    ...stored.map((data): GenerationEvent => ({ type: 'ImageStored', data })),
    ...lost.map((index): GenerationEvent => ({ type: 'ImageLost', data: { index } })),
    {
      type: 'GenerationSucceeded',
      data: { images: stored.length, charged, refunded: state.total - charged, lots },
    },
  );
}

function fail(state: GenerationState, command: FailGeneration): GenerationDecision {
  const { code, message, retryable, retryAfter, charge } = command;
  const charged = (state.total * BigInt(charge?.percent ?? 0)) / 100n;
  const { head: lots } = splitAllocations(charge?.held ?? [], charged);
  const refunded = state.total - charged;
  return accepted({
    type: 'GenerationFailed',
    data: { code, message, retryable, retryAfter, charged, refunded, lots },
  });
}

/**
 * The arbiter of the outcome: a generation ends exactly once, whoever comes first of a result, a
 * failure and a cancellation; everything later is a repeat and changes nothing.
 */
export function decideGeneration(
  command: GenerationCommand,
  state: GenerationState,
): GenerationDecision {
  if (command.type === 'RequestGeneration') return request(state, command.request);
  if (state.status === 'none') return rejected(domainError('not_found', 'no such generation'));
  switch (command.type) {
    case 'StartGeneration':
      if (state.status !== 'queued') return accepted();
      return accepted({ type: 'GenerationStarted', data: { attempt: command.attempt } });
    case 'CompleteGeneration':
      return isTerminal(state.status) ? accepted() : complete(state, command);
    case 'FailGeneration':
      return isTerminal(state.status) ? accepted() : fail(state, command);
    case 'CancelGeneration':
      if (state.status === 'cancelled') return accepted();
      if (isTerminal(state.status)) {
        return rejected(domainError('conflict', `the generation has ${state.status} already`));
      }
      return accepted({
        type: 'GenerationCancelled',
        data: { reason: command.reason, charged: 0n, refunded: state.total },
      });
    case 'EraseGeneration':
      if (state.erased) return accepted();
      if (!isTerminal(state.status)) {
        return rejected(domainError('conflict', 'cancel the generation before deleting it'));
      }
      return accepted({ type: 'GenerationErased', data: { reason: command.reason } });
  }
}

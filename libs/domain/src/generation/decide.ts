import { accepted, type Decision, rejected } from '../shared/decider.js';
import { type DomainErrorCode, domainError } from '../shared/domain-error.js';
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
}

export interface FailGeneration {
  readonly type: 'FailGeneration';
  readonly code: DomainErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfter: number | null;
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

function complete(state: GenerationState, command: CompleteGeneration): GenerationDecision {
  const { stored, lost } = command;
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
  if (charged > state.total) throw new Error('more images came back than were paid for');
  return accepted<GenerationEvent>(
    ...stored.map((data): GenerationEvent => ({ type: 'ImageStored', data })),
    ...lost.map((index): GenerationEvent => ({ type: 'ImageLost', data: { index } })),
    {
      type: 'GenerationSucceeded',
      data: { images: stored.length, charged, refunded: state.total - charged },
    },
  );
}

function fail(state: GenerationState, command: FailGeneration): GenerationDecision {
  const { code, message, retryable, retryAfter } = command;
  return accepted({
    type: 'GenerationFailed',
    data: { code, message, retryable, retryAfter, charged: 0n, refunded: state.total },
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
  if (command.type === 'RequestGeneration') {
    if (state.status === 'none') {
      return accepted({ type: 'GenerationRequested', data: command.request });
    }
    if (state.fingerprint === command.request.fingerprint) return accepted();
    return rejected(
      domainError('conflict', 'this Idempotency-Key was used before with another request'),
    );
  }
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

import type { Tokens } from '../shared/tokens.js';
import type { GenerationEvent } from './events.js';

export type GenerationStatus =
  | 'none'
  | 'queued'
  | 'processing'
  | 'succeeded'
  | 'failed'
  | 'cancelled';

export interface GenerationState {
  status: GenerationStatus;
  erased: boolean;
  fingerprint: string;
  perImage: Tokens;
  total: Tokens;
  /** Images paid for: an index at or above it was never asked for. */
  images: number;
}

export function initialGeneration(): GenerationState {
  return { status: 'none', erased: false, fingerprint: '', perImage: 0n, total: 0n, images: 0 };
}

export function isTerminal(status: GenerationStatus): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled';
}

export function evolveGeneration(state: GenerationState, event: GenerationEvent): GenerationState {
  switch (event.type) {
    case 'GenerationRequested':
      state.status = 'queued';
      state.fingerprint = event.data.fingerprint;
      state.perImage = event.data.price.perImage;
      state.total = event.data.price.total;
      state.images = event.data.price.images;
      break;
    case 'GenerationStarted':
      state.status = 'processing';
      break;
    case 'ImageStored':
    case 'ImageLost':
      break;
    case 'GenerationSucceeded':
      state.status = 'succeeded';
      break;
    case 'GenerationFailed':
      state.status = 'failed';
      break;
    case 'GenerationCancelled':
      state.status = 'cancelled';
      break;
    case 'GenerationErased':
      state.erased = true;
      break;
    default:
      event satisfies never;
  }
  return state;
}

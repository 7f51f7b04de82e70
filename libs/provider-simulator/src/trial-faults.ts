import { type FailureClass, ProviderError, type RenderRequest } from '@imprest/application';
import { fractionOf, hashOf } from './chance/hash.js';

/** What is to go wrong with one request. */
export interface TrialFaults {
  /** The prompt without its markers. */
  readonly prompt: string;
  /** Thrown instead of the image of this index and all after it. */
  readonly failure:
    | { readonly failureClass: FailureClass; readonly beforeImage: number }
    | undefined;
  /** Indexes of images that are never handed over. */
  readonly lost: ReadonlySet<number>;
  /** Waiting before each image. */
  readonly slowMs: number;
}

const MARKER = /\[(fail|lose|slow):([a-z]+|\d{1,5})(?::(\d{1,3}))?\]/g;
const FAILURES = ['infrastructure', 'model', 'timeout', 'moderation', 'user'] as const;
const LONGEST_WAIT_MS = 60_000;

/**
 * Reads `[fail:<class>]`, `[fail:<class>:<attempts>]`, `[lose:<index>]` and `[slow:<ms>]` out of a prompt.
 * Markers that name nothing known are left in it.
 */
export function markedFaults({ prompt, attempt }: RenderRequest): TrialFaults {
  const lost = new Set<number>();
  let failure: TrialFaults['failure'];
  let slowMs = 0;
  const rest = prompt.replace(MARKER, (marker, kind: string, value: string, attempts?: string) => {
    const failureClass = FAILURES.find((known) => known === value);
    if (kind === 'fail' && failureClass) {
      if (attempts === undefined || attempt <= Number(attempts))
        failure = { failureClass, beforeImage: 0 };
    } else if (kind === 'lose' && /^\d+$/.test(value)) lost.add(Number(value));
    else if (kind === 'slow' && /^\d+$/.test(value))
      slowMs = Math.min(LONGEST_WAIT_MS, Number(value));
    else return marker;
    return '';
  });
  return { prompt: rest.trim(), failure, lost, slowMs };
}

/**
 * Fails a share of all attempts. Which ones, at which image and in which class follows from seed, job and
 * attempt alone, and a job that fails again fails in another class.
 */
export function randomFailure(request: RenderRequest, rate: number): TrialFaults['failure'] {
  const { seed, jobId, attempt, images } = request;
  if (fractionOf(seed, jobId, attempt, 'fails') >= rate) return undefined;
  return {
    failureClass: FAILURES[(hashOf(jobId) + attempt) % FAILURES.length] as FailureClass,
    beforeImage: hashOf(seed, jobId, attempt, 'image') % images,
  };
}

export const failureError = (failureClass: FailureClass): ProviderError =>
  new ProviderError(failureClass, `simulated failure: ${failureClass}`);

import { DeadlineError } from '../errors/index.js';
import type { CallOptions } from '../http/options.js';
import { pause } from '../http/pause.js';
import type { Generation } from '../openapi.js';
import type { GenerationEvent } from './progress.js';
import { type EndedGeneration, hasEnded } from './record.js';

const DEFAULT_DEADLINE_MS = 600_000;
const POLL_EVERY_MS = 5_000;

export interface WaitOptions extends CallOptions {
  /** How long to wait at most; ten minutes when absent. The work goes on beyond it. */
  readonly deadlineMs?: number;
  /** By events as they happen, or by asking again and again where no stream gets through; `events` when absent. */
  readonly by?: 'events' | 'poll';
  /** 5,000 when absent. */
  readonly pollEveryMs?: number;
  /** Told of every event, when waiting by events. */
  readonly onEvent?: (event: GenerationEvent) => void;
}

/** How waiting reaches the API. */
export interface Watched {
  get(options: CallOptions): Promise<Generation>;
  follow(options: CallOptions): AsyncIterable<GenerationEvent>;
}

/** The record once the generation has ended, in whichever way. @throws DeadlineError, ImprestError */
export async function waitFor(
  generationId: string,
  watched: Watched,
  options: WaitOptions,
): Promise<EndedGeneration> {
  const { signal, deadlineMs = DEFAULT_DEADLINE_MS, by = 'events' } = options;
  const late = AbortSignal.timeout(deadlineMs);
  const either = signal === undefined ? late : AbortSignal.any([late, signal]);
  try {
    return await (by === 'events' ? byEvents : byPolling)(watched, options, either);
  } catch (error) {
    signal?.throwIfAborted();
    if (late.aborted) throw new DeadlineError(generationId, deadlineMs);
    throw error;
  }
}

async function byEvents(
  watched: Watched,
  { onEvent }: WaitOptions,
  signal: AbortSignal,
): Promise<EndedGeneration> {
  for await (const event of watched.follow({ signal })) {
    onEvent?.(event);
    if (event.type === 'ended') return event.record;
  }
  return byPolling(watched, {}, signal);
}

async function byPolling(
  watched: Watched,
  { pollEveryMs = POLL_EVERY_MS }: WaitOptions,
  signal: AbortSignal,
): Promise<EndedGeneration> {
  for (;;) {
    const record = await watched.get({ signal });
    if (hasEnded(record)) return record;
    await pause(pollEveryMs, signal);
  }
}

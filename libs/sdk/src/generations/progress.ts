import { ConnectionError } from '../errors/index.js';
import type { CallOptions } from '../http/options.js';
import { pause } from '../http/pause.js';
import { path } from '../http/request.js';
import { pauseAfter } from '../http/retry-policy.js';
import { textPieces } from '../http/text-pieces.js';
import type { Transport } from '../http/transport.js';
import { type EndedGeneration, isTerminal } from './record.js';
import { type ServerSentEvent, serverSentEvents } from './server-sent-events.js';

/** The API says something at least every 15 seconds. */
const LONGEST_SILENCE_MS = 45_000;

/** What happens to a generation, in order. Further types may come. */
export type GenerationEvent = {
  /** To resume after: of the latest event that had one. */
  readonly id: string;
} & (
  | { readonly type: 'queued' }
  | { readonly type: 'started'; readonly attempt: number }
  /** Of the attempt, from 0 to 1. */
  | { readonly type: 'progress'; readonly progress: number }
  /** What an image looks like so far, when it is asked for. */
  | {
      readonly type: 'preview';
      readonly index: number;
      /** How far it is, where that is counted. */
      readonly step: number | null;
      readonly of: number | null;
      /** Pixels. */
      readonly width: number;
      readonly height: number;
      /** The picture itself, a data: URL. */
      readonly url: string;
    }
  | { readonly type: 'attempt_failed'; readonly attempt: number }
  | { readonly type: 'image'; readonly index: number; readonly error?: { readonly code: string } }
  | { readonly type: 'ended'; readonly record: EndedGeneration }
);

export interface FollowOptions extends CallOptions {
  /** `id` of the last event that is known already. */
  readonly after?: string;
  /** Whether to be shown what images look like before they are finished. */
  readonly previews?: boolean;
}

/**
 * Events of one generation until it has ended. A connection that breaks, ends early or falls silent is made anew
 * and goes on after the last event; the pauses grow until an event comes.
 */
export async function* follow(
  transport: Transport,
  generationId: string,
  { after, ...options }: FollowOptions,
): AsyncGenerator<GenerationEvent> {
  let last = after;
  for (let failed = 1; ; failed += 1) {
    try {
      for await (const event of connect(transport, generationId, { after: last, ...options })) {
        failed = 0;
        // What is of the moment may come before anything that can be resumed after.
        last = event.id || last;
        yield event;
        if (event.type === 'ended') return;
      }
      throw new ConnectionError(`the events of ${generationId} ended before it did`, {});
    } catch (error) {
      await pause(pauseAfter(error, Math.max(failed, 1), transport.maxRetries), options.signal);
    }
  }
}

async function* connect(
  transport: Transport,
  generationId: string,
  { after, previews, signal }: FollowOptions,
): AsyncGenerator<GenerationEvent> {
  const answer = await transport.open({
    method: 'GET',
    path: path`/v1/generations/${generationId}/events`,
    ...(previews && { query: { previews: 'true' } }),
    headers: {
      accept: 'text/event-stream',
      ...(after !== undefined && { 'last-event-id': after }),
    },
    signal,
  });
  if (answer.body === null) return;
  try {
    const pieces = textPieces(answer.body, LONGEST_SILENCE_MS, signal);
    for await (const event of serverSentEvents(pieces)) yield generationEvent(event);
  } catch (error) {
    signal?.throwIfAborted();
    throw new ConnectionError(`the events of ${generationId} broke off`, { cause: error });
  }
}

function generationEvent({ id, event, data }: ServerSentEvent): GenerationEvent {
  const facts = JSON.parse(data);
  if (isTerminal(event)) return { id, type: 'ended', record: facts };
  return { ...facts, id, type: event };
}

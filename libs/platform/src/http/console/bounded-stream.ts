import type { FastifyRequest } from 'fastify';
import { consoleTarget } from './console-target.js';

const STREAM_MS = 60_000;

/**
 * Ends a stream of events that a session opened after a minute: the browser comes back by itself with the last id, and
 * whether its session still holds is asked anew. Nobody goes on watching who has signed out or was shown the door.
 * Those who opened theirs with a key are left alone.
 * @param end of the stream
 * @returns for when it ended otherwise
 */
export function boundStream(
  { raw }: Pick<FastifyRequest, 'raw'>,
  end: () => void,
  streamMs = STREAM_MS,
): () => void {
  if (consoleTarget(raw) === undefined) return () => {};
  const timer = setTimeout(end, streamMs).unref();
  return () => clearTimeout(timer);
}

import type { FastifyReply, FastifyRequest } from 'fastify';

const STREAM_MS = 5 * 60_000;

/**
 * Cuts a stream of events after some minutes: the browser comes back by itself with the last id, and whether its
 * session still holds is asked anew. Nobody goes on watching who has signed out or was shown the door.
 */
export function boundStream(
  { headers }: Pick<FastifyRequest, 'headers'>,
  { raw }: Pick<FastifyReply, 'raw'>,
  streamMs = STREAM_MS,
): void {
  if (!headers.accept?.includes('text/event-stream')) return;
  const timer = setTimeout(() => raw.destroy(), streamMs).unref();
  raw.once('close', () => clearTimeout(timer));
}

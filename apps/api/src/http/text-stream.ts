import { PassThrough, pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyReply } from 'fastify';

const takesGzip = ({ request }: FastifyReply) =>
  /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(request.headers['accept-encoding'] ?? ''));

/**
 * Texts as the caller reads them, no faster, compressed where it takes gzip. What fails midway cuts the
 * answer off, so that a part never passes for the whole.
 */
export function textStream(reply: FastifyReply, texts: AsyncIterable<string>): Readable {
  reply.header('vary', 'accept-encoding');
  const gzip = takesGzip(reply);
  if (gzip) reply.header('content-encoding', 'gzip');
  const source = Readable.from(texts);
  // A failure before the first byte is answered as an error, which nobody compresses.
  source.once('error', () => reply.removeHeader('content-encoding'));
  return pipeline(source, gzip ? createGzip() : new PassThrough(), () => undefined);
}

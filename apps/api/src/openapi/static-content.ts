import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const compress = promisify<Buffer, Buffer>(gzip);

/** A text that stays the same while the process runs: compressed once, and sent only when it changed. */
export class StaticContent {
  private constructor(
    private readonly plain: Buffer,
    private readonly gzipped: Buffer,
    private readonly etag: string,
    private readonly mediaType: string,
  ) {}

  /** Compresses beside the event loop: the page's script has megabytes. */
  static async of(text: string, mediaType: string): Promise<StaticContent> {
    const plain = Buffer.from(text);
    const digest = createHash('sha256').update(plain).digest('base64url');
    return new StaticContent(plain, await compress(plain), `W/"${digest}"`, mediaType);
  }

  send(request: FastifyRequest, reply: FastifyReply): void {
    reply.headers({
      'content-type': this.mediaType,
      'cache-control': 'no-cache',
      etag: this.etag,
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
    });
    if (request.headers['if-none-match'] === this.etag) return void reply.status(304).send();
    const gzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    if (gzip) reply.header('content-encoding', 'gzip');
    reply.send(gzip ? this.gzipped : this.plain);
  }
}

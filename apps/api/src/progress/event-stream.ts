import { boundStream } from '@imprest/platform';
import type { FastifyReply } from 'fastify';

const HEARTBEAT_MS = 15_000;
const LONGEST_BACKLOG_BYTES = 1024 * 1024;

/** Server-sent events (WHATWG HTML, section 9.2) on a raw response. */
export class EventStream {
  private readonly heartbeat: NodeJS.Timeout | undefined;

  constructor(private readonly reply: FastifyReply) {
    const headers = reply.getHeaders();
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(headers as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    // Without an event yet, the reader would not learn for a heartbeat's time that it is connected.
    reply.raw.flushHeaders();
    // A reader that has gone already gets no further 'close'.
    if (!this.open) return;
    this.heartbeat = setInterval(() => this.write(': still here\n\n'), HEARTBEAT_MS);
    const release = boundStream(reply.request, () => this.part());
    reply.raw.once('close', () => {
      clearInterval(this.heartbeat);
      release();
    });
  }

  get open(): boolean {
    return !this.reply.raw.writableEnded && !this.reply.raw.destroyed;
  }

  /** Whether the reader has yet to take something that was sent. */
  get isBehind(): boolean {
    return this.reply.raw.writableLength > 0;
  }

  /** Without an id it is none of what a reader that comes back would be sent again. */
  send(id: string | undefined, event: string, data: object): void {
    const named = id === undefined ? '' : `id: ${id}\n`;
    this.write(`${named}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  end(): void {
    clearInterval(this.heartbeat);
    if (this.open) this.reply.raw.end();
  }

  /** The reader is to come back; one that still has to take something would hold an end up. */
  private part(): void {
    if (this.isBehind) this.reply.raw.destroy();
    else this.end();
  }

  /** A reader too slow to take what there is has to reconnect; it will be sent what it missed. */
  private write(text: string): void {
    if (!this.open) return;
    if (this.reply.raw.writableLength > LONGEST_BACKLOG_BYTES) this.reply.raw.destroy();
    else this.reply.raw.write(text);
  }
}

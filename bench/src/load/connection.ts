import { connect, type Socket } from 'node:net';
import { ResponseReader } from './response-reader.js';

export interface ConnectionEvents {
  /** The next request to send; undefined to send no more. */
  next(): Buffer | undefined;
  answered(status: number, ms: number): void;
  failed(error: Error): void;
}

/** One keep-alive connection with one request under way: the next is sent when the answer is there. */
export class Connection {
  private readonly socket: Socket;
  private readonly reader = new ResponseReader();
  private sentAt = 0;
  private waiting = false;

  constructor(
    port: number,
    private readonly events: ConnectionEvents,
  ) {
    this.socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafe(16_384),
        callback: (bytes, buffer) => {
          this.read(Buffer.from(buffer.buffer, buffer.byteOffset, bytes));
          return true;
        },
      },
    });
    this.socket.once('connect', () => this.send());
    this.socket.on('error', (error) => events.failed(error));
    this.socket.on('close', () => {
      if (this.waiting) events.failed(new Error('the connection was closed with a request open'));
    });
  }

  close(): void {
    this.waiting = false;
    this.socket.destroy();
  }

  private send(): void {
    const request = this.events.next();
    if (request === undefined) return;
    this.waiting = true;
    this.sentAt = performance.now();
    this.socket.write(request);
  }

  private read(bytes: Buffer): void {
    try {
      for (const status of this.reader.read(bytes)) {
        this.waiting = false;
        this.events.answered(status, performance.now() - this.sentAt);
        this.send();
      }
    } catch (error) {
      this.events.failed(error as Error);
    }
  }
}

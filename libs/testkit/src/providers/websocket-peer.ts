import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** RFC 6455, 1.3. */
const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 0x1;
const BINARY = 0x2;
const CLOSE = 0x8;

/** The server's end of a WebSocket (RFC 6455) that only sends. */
export class WebSocketPeer {
  private constructor(private readonly socket: Duplex) {
    socket.on('error', () => undefined);
    // Frames of a client say nothing here but that it leaves.
    socket.on('data', (frame: Buffer) => {
      if (((frame[0] ?? 0) & 0x0f) === CLOSE) this.socket.end(frameOf(CLOSE, Buffer.alloc(0)));
    });
  }

  /** Answers the opening handshake. */
  static accept(request: IncomingMessage, socket: Duplex): WebSocketPeer {
    const key = `${request.headers['sec-websocket-key']}${MAGIC}`;
    const accept = createHash('sha1').update(key).digest('base64');
    const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
    socket.write(`${[...head, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\n`);
    return new WebSocketPeer(socket);
  }

  sendJson(message: unknown): void {
    this.send(TEXT, Buffer.from(JSON.stringify(message)));
  }

  sendBinary(bytes: Uint8Array): void {
    this.send(BINARY, bytes);
  }

  /** Without a word: a connection that is lost. */
  cut(): void {
    this.socket.destroy();
  }

  private send(opcode: number, payload: Uint8Array): void {
    if (this.socket.writable) this.socket.write(frameOf(opcode, payload));
  }
}

/** One unmasked frame that is whole (RFC 6455, 5.2). */
function frameOf(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

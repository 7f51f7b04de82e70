const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = /\r\ncontent-length: *(\d+)\r\n/i;

/**
 * Cuts the bytes of a keep-alive connection into HTTP/1.1 responses. Knows only what the measured
 * programs send: a status line, a Content-Length and that many bytes.
 */
export class ResponseReader {
  private kept: Buffer | undefined;

  /**
   * @returns the status of each response that is complete now
   * @throws Error when a head has no Content-Length
   */
  read(bytes: Buffer): number[] {
    let buffer = this.kept === undefined ? bytes : Buffer.concat([this.kept, bytes]);
    this.kept = undefined;
    const statuses: number[] = [];
    while (buffer.length > 0) {
      const headEnd = buffer.indexOf(HEAD_END);
      const end = headEnd === -1 ? -1 : headEnd + 4 + bodyLength(buffer, headEnd + 2);
      if (end === -1 || buffer.length < end) {
        // The bytes lie in a buffer that is read into again.
        this.kept = Buffer.from(buffer);
        break;
      }
      statuses.push(statusOf(buffer));
      buffer = buffer.subarray(end);
    }
    return statuses;
  }
}

function bodyLength(buffer: Buffer, headEnd: number): number {
  const match = LENGTH.exec(buffer.toString('latin1', 0, headEnd));
  if (match === null) throw new Error('a response has no Content-Length');
  return Number(match[1]);
}

/** `HTTP/1.1 202 …`: three digits from the tenth byte. */
function statusOf(buffer: Buffer): number {
  const digit = (index: number) => (buffer[index] as number) - 48;
  return digit(9) * 100 + digit(10) * 10 + digit(11);
}

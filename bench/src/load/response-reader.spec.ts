import { describe, expect, it } from 'vitest';
import { ResponseReader } from './response-reader.js';

const response = (status: number, body: string) =>
  Buffer.from(
    `HTTP/1.1 ${status} X\r\ncontent-type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );

describe('ResponseReader', () => {
  it('tells the status of a whole response', () => {
    expect(new ResponseReader().read(response(202, 'hello'))).toEqual([202]);
  });

  it('tells several responses that came together', () => {
    const bytes = Buffer.concat([response(202, 'a'), response(500, ''), response(204, 'bc')]);
    expect(new ResponseReader().read(bytes)).toEqual([202, 500, 204]);
  });

  it('puts a response together that came byte by byte, out of a buffer used again', () => {
    const reader = new ResponseReader();
    const buffer = Buffer.alloc(1);
    const statuses: number[] = [];
    for (const byte of Buffer.concat([response(202, 'hello'), response(404, 'x')])) {
      buffer[0] = byte;
      statuses.push(...reader.read(buffer));
    }
    expect(statuses).toEqual([202, 404]);
  });

  it('refuses a response without a length', () => {
    const bytes = Buffer.from('HTTP/1.1 200 OK\r\n\r\n');
    expect(() => new ResponseReader().read(bytes)).toThrow('no Content-Length');
  });
});

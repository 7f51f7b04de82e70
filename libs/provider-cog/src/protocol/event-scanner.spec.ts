import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventScanner } from './event-scanner.js';

const limits = { where: 'cog PUT /predictions/1', mostFileBytes: 1_000, mostFiles: 4 };

function scan(text: string, sizes: readonly number[] = [text.length], change: object = {}) {
  const scanner = new EventScanner({ ...limits, ...change });
  const bytes = Buffer.from(text);
  const found = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    found.push(...scanner.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return found.map((each) =>
    'path' in each ? Buffer.from(each.bytes).toString() : [each.name, each.body],
  );
}

const event = (name: string, data: object, end = '\n') =>
  `event: ${name}${end}data: ${JSON.stringify(data)}${end}${end}`;
const url = (text: string) => `data:image/png;base64,${Buffer.from(text).toString('base64')}`;

describe('a stream of events', () => {
  it('gives files before the events they were in', () => {
    const text = [
      ': keep-alive\n\n',
      event('start', { id: '1', status: 'processing' }),
      event('output', { chunk: url('first'), index: 0 }),
      event('log', { source: 'stderr', data: '50%|█' }),
      event('completed', { status: 'succeeded', output: [url('first'), url('second')] }),
    ].join('');

    expect(scan(text)).toEqual([
      ['start', { id: '1', status: 'processing' }],
      'first',
      ['output', { chunk: null, index: 0 }],
      ['log', { source: 'stderr', data: '50%|█' }],
      'first',
      'second',
      ['completed', { status: 'succeeded', output: [null, null] }],
    ]);
  });

  it('is the same however it is cut into pieces, and with either line end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        fc.constantFrom('\n', '\r\n'),
        (files, sizes, end) => {
          const text = files.map((each, index) =>
            event('output', { chunk: url(each), index }, end),
          );
          const expected = files.flatMap((each, index) => [
            ...[each, ['output', { chunk: null, index }]],
          ]);
          expect(scan(text.join(''), sizes)).toEqual(expected);
        },
      ),
    );
  });

  it('takes one output alone as well as a list', () => {
    expect(scan(event('completed', { output: url('only') }))).toEqual([
      'only',
      ['completed', { output: null }],
    ]);
  });

  it('is bounded', () => {
    const one = event('output', { chunk: url('123456') });
    expect(() => scan(one, [50], { mostFileBytes: 5 })).toThrow('a file is over 5 bytes');
    expect(() => scan('x'.repeat(5_000))).toThrow('the answer is no event stream');
    expect(() => scan('event: log\ndata: {"data": \n\n')).toThrow('the answer is no JSON');
  });
});

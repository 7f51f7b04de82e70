import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MalformedCopy, TupleSplitter } from './tuple-splitter.js';

const header = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
const trailer = Buffer.from('ffff', 'hex');

function row(fields: readonly (Buffer | null)[]): Buffer {
  const parts = fields.map((field) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(field === null ? -1 : field.length);
    return Buffer.concat([length, field ?? Buffer.alloc(0)]);
  });
  return Buffer.concat(parts);
}

function counted(fields: number, bytes: Buffer): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(fields);
  return Buffer.concat([count, bytes]);
}

const field = fc.option(fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)));
const rows = fc.array(fc.array(field, { maxLength: 4 }), { maxLength: 12 });

test('rows come out as they went in, wherever the network has cut them', () => {
  fc.assert(
    fc.property(rows, fc.array(fc.nat(80), { maxLength: 20 }), (given, cuts) => {
      const wanted = given.map(row);
      const bytes = Buffer.concat([
        header,
        ...wanted.map((each, index) => counted(given[index]!.length, each)),
        trailer,
      ]);
      const splitter = new TupleSplitter();
      const found: Buffer[] = [];
      let at = 0;
      for (const cut of [...cuts, bytes.length]) {
        found.push(...splitter.split(bytes.subarray(at, Math.min(bytes.length, at + cut))));
        at = Math.min(bytes.length, at + cut);
      }
      splitter.finish();
      expect(found.map((each) => each.toString('hex'))).toEqual(
        wanted.map((each) => each.toString('hex')),
      );
    }),
  );
});

test('what is cut off, or no COPY at all, is refused', () => {
  const splitter = new TupleSplitter();
  splitter.split(Buffer.concat([header, counted(1, row([Buffer.from('x')]))]));
  expect(() => splitter.finish()).toThrow(MalformedCopy);
  expect(() => new TupleSplitter().split(Buffer.alloc(40))).toThrow('signature');
});

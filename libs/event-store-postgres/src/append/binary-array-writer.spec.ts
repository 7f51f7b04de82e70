import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BinaryArrayWriter } from './binary-array-writer.js';

const TEXT = 25;

/** Reads the format as array_recv of PostgreSQL does. */
function elementsOf(array: Buffer, oid: number): Buffer[] {
  expect(array.readInt32BE(4)).toBe(0);
  expect(array.readInt32BE(8)).toBe(oid);
  const dimensions = array.readInt32BE(0);
  if (dimensions === 0) {
    expect(array).toHaveLength(12);
    return [];
  }
  expect(dimensions).toBe(1);
  expect(array.readInt32BE(16)).toBe(1);
  const elements: Buffer[] = [];
  let offset = 20;
  for (let left = array.readInt32BE(12); left > 0; left -= 1) {
    const end = offset + 4 + array.readInt32BE(offset);
    elements.push(array.subarray(offset + 4, end));
    offset = end;
  }
  expect(offset).toBe(array.length);
  return elements;
}

test('texts come out as UTF-8, also from a buffer used before', () => {
  const writer = new BinaryArrayWriter(TEXT);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 3_000 })), (texts) => {
      writer.reset();
      for (const text of texts) writer.text(text);
      expect(elementsOf(writer.finish(), TEXT).map(String)).toEqual(texts);
    }),
    { numRuns: 200 },
  );
});

test('integers come out in network byte order up to the largest safe one', () => {
  const writer = new BinaryArrayWriter(20);
  fc.assert(
    fc.property(fc.array(fc.maxSafeNat()), (numbers) => {
      writer.reset();
      for (const number of numbers) writer.int8(number);
      const read = elementsOf(writer.finish(), 20).map((element) => element.readBigInt64BE());
      expect(read.map(Number)).toEqual(numbers);
    }),
  );
  const small = new BinaryArrayWriter(21);
  small.reset();
  for (const number of [1, 32_767]) small.int2(number);
  expect(elementsOf(small.finish(), 21).map((element) => element.readInt16BE())).toEqual([
    1, 32_767,
  ]);
});

test('UUIDs come out as their 16 bytes, whatever their case', () => {
  const writer = new BinaryArrayWriter(2950);
  fc.assert(
    fc.property(fc.array(fc.uuid()), (uuids) => {
      writer.reset();
      for (const uuid of uuids) writer.uuid(uuid);
      for (const uuid of uuids) writer.uuid(uuid.toUpperCase());
      const read = elementsOf(writer.finish(), 2950).map((element) => element.toString('hex'));
      const digits = uuids.map((uuid) => uuid.replaceAll('-', ''));
      expect(read).toEqual([...digits, ...digits]);
    }),
  );
});

test('a text larger than what the writer keeps is written whole, and the next array starts small', () => {
  const writer = new BinaryArrayWriter(TEXT);
  writer.reset();
  const huge = 'ä'.repeat(3_000_000);
  writer.text(huge);
  expect(elementsOf(writer.finish(), TEXT).map(String)).toEqual([huge]);
  writer.reset();
  writer.text('small');
  const next = writer.finish();
  expect(elementsOf(next, TEXT).map(String)).toEqual(['small']);
  expect(next.buffer.byteLength).toBeLessThan(100_000);
});

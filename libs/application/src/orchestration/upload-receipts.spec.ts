import { storedImage } from '@imprest/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UploadReceipts } from './upload-receipts.js';

const key = new Uint8Array(32).fill(1);
const receipts = new UploadReceipts({ assetUrlKey: key });
const lease = { id: 'req_1', fence: 7 };
const image = storedImage(2);
const receipt = receipts.give(lease, image);

test('a receipt gives back what was stored, in any process with the same key', () => {
  expect(new UploadReceipts({ assetUrlKey: key }).open(receipt, lease)).toEqual(image);
});

test('a receipt is worth nothing for another job, lease or key', () => {
  expect(receipts.open(receipt, { id: 'req_2', fence: 7 })).toBeUndefined();
  expect(receipts.open(receipt, { id: 'req_1', fence: 8 })).toBeUndefined();
  const other = new UploadReceipts({ assetUrlKey: new Uint8Array(32).fill(2) });
  expect(other.open(receipt, lease)).toBeUndefined();
});

test('a receipt with any character altered is worth nothing', () => {
  fc.assert(
    fc.property(fc.nat(receipt.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, to) => {
      fc.pre(receipt[at] !== to);
      const forged = receipt.slice(0, at) + to + receipt.slice(at + 1);
      expect(receipts.open(forged, lease)).toBeUndefined();
    }),
  );
});

test.each(['', '.', 'x', 'a.b', `${receipt}.`, 'x'.repeat(10_000)])('%s is no receipt', (text) => {
  expect(receipts.open(text, lease)).toBeUndefined();
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Hash, sha256 } from '../canonical/hashes.js';
import { ChangingTree } from './changing-tree.js';
import { merkleRoot } from './growing-tree.js';
import { auditPath, rootOfPath } from './inclusion.js';
import { packedRoot } from './merkle-hash.js';

const leafOf = (bytes: Uint8Array) => sha256(Buffer.concat([Buffer.from([0]), bytes]));
const leaves = (count: number): Hash[] =>
  Array.from({ length: count }, (_, index) => leafOf(Buffer.from(`leaf ${index}`)));

/** The recursive definition of RFC 6962, section 2.1. */
function definition(hashes: readonly Hash[]): Hash {
  if (hashes.length === 0) return sha256(new Uint8Array());
  if (hashes.length === 1) return hashes[0] as Hash;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  const [left, right] = [definition(hashes.slice(0, split)), definition(hashes.slice(split))];
  return sha256(Buffer.concat([Buffer.from([1]), left, right]));
}

describe('the Merkle tree of RFC 6962', () => {
  test('has the root that the test vectors of Certificate Transparency give', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657'];
    const last = '606162636465666768696a6b6c6d6e6f';
    const root = merkleRoot([...inputs, last].map((hex) => leafOf(Buffer.from(hex, 'hex'))));
    expect(root.toString('hex')).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    );
  });

  test('grown leaf by leaf, changed in place or rooted at once, it is the tree of the definition', () => {
    for (let size = 0; size <= 70; size += 1) {
      const hashes = leaves(size);
      const changing = new ChangingTree();
      for (const [index, leaf] of hashes.entries()) {
        changing.set(index, leaf);
        if (index % 3 === 0) changing.root();
      }
      expect(merkleRoot(hashes)).toEqual(definition(hashes));
      expect(packedRoot(Buffer.concat(hashes))).toEqual(definition(hashes));
      expect(changing.root()).toEqual(definition(hashes));
    }
  });

  test('a leaf changed in place gives the root of a tree made anew', () => {
    const change = fc.tuple(fc.nat(99), fc.uint8Array({ minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 30 }), (changes) => {
        const hashes = leaves(100);
        const tree = new ChangingTree();
        for (const [index, leaf] of hashes.entries()) tree.set(index, leaf);
        for (const [index, bytes] of changes) {
          hashes[index] = leafOf(bytes);
          tree.set(index, leafOf(bytes));
          expect(tree.root()).toEqual(merkleRoot(hashes));
        }
      }),
      { numRuns: 20 },
    );
  });

  test('every leaf is proved by its path, and by no other', () => {
    for (const size of [1, 2, 3, 5, 8, 13, 31, 64, 65]) {
      const hashes = leaves(size);
      const root = merkleRoot(hashes);
      for (let index = 0; index < size; index += 1) {
        const path = auditPath(index, hashes);
        expect(rootOfPath(hashes[index] as Hash, index, size, path)).toEqual(root);
        expect(rootOfPath(leafOf(Buffer.from('x')), index, size, path)).not.toEqual(root);
        expect(rootOfPath(hashes[index] as Hash, index, size, [...path, root])).toBeUndefined();
        if (size > 1) {
          const other = (index + 1) % size;
          expect(rootOfPath(hashes[index] as Hash, other, size, path)).not.toEqual(root);
        }
      }
    }
  });

  test('a path to a leaf that is not there is no path', () => {
    expect(() => auditPath(3, leaves(3))).toThrow(RangeError);
    expect(rootOfPath(leaves(1)[0] as Hash, 1, 1, [])).toBeUndefined();
    expect(rootOfPath(leaves(1)[0] as Hash, 0, 0, [])).toBeUndefined();
    expect(rootOfPath(leaves(1)[0] as Hash, 0.5, 1, [])).toBeUndefined();
  });
});

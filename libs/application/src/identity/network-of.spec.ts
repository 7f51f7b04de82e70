import { expect, test } from 'vitest';
import { networkOf } from './network-of.js';

test.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:0db8:0007:1:2:3:4:5', '2001:db8:7::/48'],
  ['2001:db8::1', '2001:db8::/48'],
  ['::1', '::/48'],
])('%s is in %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each(['', 'unknown', '203.0.113', '203.0.113.999', 'x'.repeat(10_000)])(
  '“%.20s” is in none',
  (text) => expect(networkOf(text)).toBeNull(),
);

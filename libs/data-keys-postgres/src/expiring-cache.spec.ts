import { expect, test } from 'vitest';
import { ExpiringCache } from './expiring-cache.js';

function cacheAt(clock: { now: number }) {
  return new ExpiringCache<string>(2, 100, () => clock.now);
}

test('an entry is there until its time is over', () => {
  const clock = { now: 0 };
  const cache = cacheAt(clock);
  cache.set('a', '1');
  clock.now = 99;
  expect(cache.get('a')).toBe('1');
  clock.now = 100;
  expect(cache.get('a')).toBeUndefined();
});

test('being read does not lengthen the life of an entry', () => {
  const clock = { now: 0 };
  const cache = cacheAt(clock);
  cache.set('a', '1');
  clock.now = 60;
  cache.get('a');
  clock.now = 101;
  expect(cache.get('a')).toBeUndefined();
});

test('the life of an entry counts from when its value was known to be true', () => {
  const clock = { now: 50 };
  const cache = cacheAt(clock);
  cache.set('a', '1', 0);
  clock.now = 100;
  expect(cache.get('a')).toBeUndefined();
});

test('keeps what is used, and drops what is not', () => {
  const cache = cacheAt({ now: 0 });
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    cache.set(key, key.toUpperCase());
    expect(cache.get('a')).toBe('A');
  }
  expect(['b', 'c', 'd', 'e'].map((key) => cache.get(key))).toEqual([
    undefined,
    undefined,
    undefined,
    'E',
  ]);
});

test('never holds more than twice its capacity', () => {
  const cache = cacheAt({ now: 0 });
  const keys = Array.from({ length: 100 }, (_, i) => String(i));
  for (const key of keys) cache.set(key, key);
  expect(keys.filter((key) => cache.get(key) !== undefined).length).toBeLessThanOrEqual(4);
});

test('a set replaces the value of either generation', () => {
  const cache = cacheAt({ now: 0 });
  cache.set('a', '1');
  cache.set('b', '1');
  cache.set('a', '2');
  expect(cache.get('a')).toBe('2');
});

test('a deleted entry is gone from either generation', () => {
  const cache = cacheAt({ now: 0 });
  for (const key of ['a', 'b', 'c']) cache.set(key, '1');
  cache.delete('b');
  cache.delete('c');
  expect([cache.get('b'), cache.get('c')]).toEqual([undefined, undefined]);
});

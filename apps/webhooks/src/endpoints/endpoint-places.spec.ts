import { expect, test } from 'vitest';
import { EndpointPlaces } from './endpoint-places.js';

test('an endpoint has as many places as it wants, and another one its own', () => {
  const places = new EndpointPlaces();
  expect([1, 2, 3].map(() => places.take('a', 2))).toEqual([true, true, false]);
  expect(places.take('b', 1)).toBe(true);
  places.giveBack('a', 10, 0);
  expect(places.take('a', 2)).toBe(true);
});

test('what finds no place comes again one after the other, as places become free', () => {
  const places = new EndpointPlaces();
  places.take('a', 2);
  places.take('a', 2);
  for (let n = 0; n < 50; n += 1) {
    places.giveBack('a', 1_000, 0);
    places.take('a', 2);
  }
  const waits = [1, 2, 3].map(() => places.putOff('a', 2, 0));
  expect(waits[0]).toBeGreaterThan(0);
  expect((waits[2] as number) - (waits[0] as number)).toBeCloseTo(1_000, 0);
});

test('nothing is put off for longer than five minutes, however much waits', () => {
  const places = new EndpointPlaces();
  places.take('a', 1);
  const waits = Array.from({ length: 1_000 }, () => places.promise('a', 10_000, 0));
  expect(Math.max(...waits)).toBeLessThanOrEqual(300_000);
});

test('a place that nobody holds cannot be given back', () => {
  expect(() => new EndpointPlaces().giveBack('a', 0, 0)).toThrow('a holds no place');
});

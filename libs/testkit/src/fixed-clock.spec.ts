import { expect, test } from 'vitest';
import { fixedClock } from './fixed-clock.js';

test('stands still until it is moved', () => {
  const clock = fixedClock('2026-01-15T09:00:00.000Z');
  expect(clock.now()).toEqual(clock.now());
  clock.advance(1_500);
  expect(clock.isoNow()).toBe('2026-01-15T09:00:01.500Z');
  expect(clock.now()).toEqual(new Date('2026-01-15T09:00:01.500Z'));
});

test('hands out dates of its own: changing one does not move it', () => {
  const clock = fixedClock();
  clock.now().setFullYear(1999);
  expect(clock.isoNow()).toBe('2026-01-15T09:00:00.000Z');
});

test('refuses a start that is no time', () => {
  expect(() => fixedClock('soon')).toThrow('soon is not a timestamp');
});

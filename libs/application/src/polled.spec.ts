import { fixedClock } from '@imprest/testkit';
import { expect, test } from 'vitest';
import { Polled } from './polled.js';

test('one reading serves all who ask while it is under way, and for a while after', async () => {
  const clock = fixedClock();
  let readings = 0;
  const polled = new Polled({ clock, freshMs: 1_000, read: async () => ++readings });

  expect(await Promise.all([polled.get(), polled.get()])).toEqual([1, 1]);
  clock.advance(999);
  expect(await polled.get()).toBe(1);
  clock.advance(1);
  expect(await polled.get()).toBe(2);
});

test('what takes long is read less often', async () => {
  const clock = fixedClock();
  let readings = 0;
  const read = async () => {
    clock.advance(500);
    return ++readings;
  };
  const polled = new Polled({ clock, freshMs: 1_000, read });

  await polled.get();
  clock.advance(4_999);
  expect(await polled.get()).toBe(1);
  clock.advance(1);
  expect(await polled.get()).toBe(2);
});

test('a reading that fails is tried again', async () => {
  const answers = [Promise.reject(new Error('gone')), Promise.resolve('here')];
  answers[0]?.catch(() => undefined);
  const polled = new Polled({
    clock: fixedClock(),
    freshMs: 1_000,
    read: () => answers.shift() as Promise<string>,
  });

  await expect(polled.get()).rejects.toThrow('gone');
  expect(await polled.get()).toBe('here');
});

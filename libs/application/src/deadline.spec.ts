import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { deadline } from './deadline.js';

const aborted = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => {
    signal.addEventListener('abort', () => resolve(signal.reason));
  });

test('a deadline comes when the time is over', async () => {
  const { signal } = deadline(10);
  expect(await aborted(signal)).toMatchObject({ name: 'TimeoutError' });
});

test('a deadline comes with the signal it was given, for its reason', async () => {
  const earlier = new AbortController();
  const { signal, end } = deadline(60_000, earlier.signal);
  const waiting = aborted(signal);
  earlier.abort('enough');
  expect(await waiting).toBe('enough');
  end();
  expect(deadline(1, earlier.signal).signal).toMatchObject({ aborted: true, reason: 'enough' });
});

test('a deadline that has ended never comes', async () => {
  const earlier = new AbortController();
  const { signal, end } = deadline(5, earlier.signal);
  end();
  earlier.abort();
  await delay(15);
  expect(signal.aborted).toBe(false);
});

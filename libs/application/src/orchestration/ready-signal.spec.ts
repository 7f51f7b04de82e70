import { expect, test } from 'vitest';
import { ReadySignal } from './ready-signal.js';

const never = new AbortController().signal;

test('a signal between look and wait is not missed', async () => {
  const signal = new ReadySignal();
  const listening = signal.listen();
  signal.raise();
  await listening.wait(60_000, never);
});

test('a signal is heard once', async () => {
  const signal = new ReadySignal();
  const listening = signal.listen();
  signal.raise();
  await listening.wait(60_000, never);
  const startedAt = performance.now();
  await listening.wait(20, never);
  expect(performance.now() - startedAt).toBeGreaterThan(15);
});

test('everyone who waits is woken', async () => {
  const signal = new ReadySignal();
  const waiting = [1, 2, 3].map(() => signal.listen().wait(60_000, never));
  signal.raise();
  await Promise.all(waiting);
});

test('whoever gives up waits no longer', async () => {
  const stop = new AbortController();
  const waiting = new ReadySignal().listen().wait(60_000, stop.signal);
  stop.abort();
  await waiting;
  await new ReadySignal().listen().wait(60_000, stop.signal);
});

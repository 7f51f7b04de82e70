import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { PeriodicTask } from './periodic-task.js';

const unexpected = (error: unknown) => {
  throw error;
};

test('a task runs at once and then again and again, never twice at a time', async () => {
  let running = 0;
  let most = 0;
  let times = 0;
  const task = new PeriodicTask(
    1,
    async () => {
      most = Math.max(most, ++running);
      await delay(2);
      running -= 1;
      times += 1;
    },
    unexpected,
  );
  task.start();
  expect(running).toBe(1);
  await expect.poll(() => times).toBeGreaterThan(3);
  await task.stop();
  expect(most).toBe(1);
});

test('stopping waits for what is under way, and nothing follows', async () => {
  let done = 0;
  const task = new PeriodicTask(
    1,
    async () => {
      await delay(20);
      done += 1;
    },
    unexpected,
  );
  task.start();
  await task.stop();
  expect(done).toBe(1);
  await delay(10);
  expect(done).toBe(1);
});

test('a failure is reported and ends nothing', async () => {
  const failures: unknown[] = [];
  const task = new PeriodicTask(
    1,
    () => Promise.reject(new Error('no connection')),
    (error) => failures.push(error),
  );
  task.start();
  await expect.poll(() => failures.length).toBeGreaterThan(2);
  await task.stop();
});

test('started later, it lets its interval pass first', async () => {
  let times = 0;
  const task = new PeriodicTask(
    20,
    async () => {
      times += 1;
    },
    unexpected,
  );
  task.startLater();
  expect(times).toBe(0);
  await expect.poll(() => times).toBeGreaterThan(1);
  await task.stop();
});

test('started again while its last turn is still under way, it goes on as one and not as two', async () => {
  let finish = () => {};
  let times = 0;
  const task = new PeriodicTask(
    5,
    () => {
      times += 1;
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    },
    unexpected,
  );
  task.start();
  const stopped = task.stop();
  task.start();
  expect(times).toBe(1);
  finish();
  await stopped;
  await expect.poll(() => times).toBe(2);
  await delay(20);
  expect(times).toBe(2);
  const ended = task.stop();
  finish();
  await ended;
});

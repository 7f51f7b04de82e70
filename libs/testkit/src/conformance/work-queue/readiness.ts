import { setTimeout } from 'node:timers/promises';
import type { WorkQueue } from '@imprest/application';
import { expect, onTestFinished, test, vi } from 'vitest';
import { anItem, inMs, take, takeOne } from './fixtures.js';
import type { WorkQueueSubject } from './subject.js';

/** A listener whose calls can be waited for. */
async function listen(queue: WorkQueue) {
  let calls = 0;
  const stop = queue.onReady(() => {
    calls += 1;
  });
  onTestFinished(stop);
  // Listening has a connection to open.
  await setTimeout(200);
  calls = 0;
  return {
    stop,
    get calls() {
      return calls;
    },
    called: async (withinMs: number) => {
      const before = calls;
      const start = performance.now();
      await vi.waitUntil(() => calls > before, { timeout: withinMs + 2_000, interval: 1 });
      return performance.now() - start;
    },
  };
}

export function readinessConformance(subject: WorkQueueSubject): void {
  const wakeUpMs = () => subject.harness.wakeUpMs ?? 100;

  test('a listener is called soon after another process queued something', async () => {
    const ear = await listen(subject.queue);
    const other = await subject.connect();
    const waits: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const called = ear.called(wakeUpMs());
      await other.enqueue([anItem()]);
      waits.push(await called);
    }
    waits.sort((a, b) => a - b);
    expect(waits[2]).toBeLessThan(wakeUpMs());
  });

  test('a listener is called when an item is released, also by its own process', async () => {
    const other = await subject.connect();
    await subject.queue.enqueue([anItem()]);
    const ear = await listen(subject.queue);
    const called = ear.called(wakeUpMs());
    await other.release([await takeOne(other)]);
    await called;
    const again = ear.called(wakeUpMs());
    await subject.queue.release([await takeOne(subject.queue)]);
    await again;
  });

  test('a listener is called when the time of a delayed item has come, not before', async () => {
    const ear = await listen(subject.queue);
    const other = await subject.connect();
    await other.enqueue([anItem({ readyAt: inMs(600_000) })]);
    await other.enqueue([anItem({ readyAt: inMs(400) })]);
    await setTimeout(200);
    expect(ear.calls).toBe(0);
    await ear.called(300 + wakeUpMs());
    expect(await take(subject.queue, 10)).toHaveLength(1);
  });

  test('a listener that comes late hears of what was delayed before', async () => {
    await subject.queue.enqueue([anItem({ readyAt: inMs(500) })]);
    const ear = await listen(await subject.connect());
    await ear.called(500 + wakeUpMs());
  });

  test('a listener that comes late hears of what is ready already', async () => {
    await subject.queue.enqueue([anItem()]);
    const called = vi.fn();
    onTestFinished((await subject.connect()).onReady(called));
    await vi.waitUntil(() => called.mock.calls.length > 0, { timeout: 2_000 });
  });

  test('neither other queues nor what is too late are heard', async () => {
    const ear = await listen(subject.queue);
    const silent = await listen(subject.queue);
    silent.stop();
    silent.stop();
    await (await subject.connectOther()).enqueue([anItem()]);
    await setTimeout(100);
    expect(ear.calls).toBe(0);
    const called = ear.called(wakeUpMs());
    await subject.queue.enqueue([anItem()]);
    await called;
    expect(silent.calls).toBe(0);
  });
}

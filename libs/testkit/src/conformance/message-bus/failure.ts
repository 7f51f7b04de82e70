import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { gate } from '../../gate.js';
import { MessageBusFixture, streamsNamed } from './fixtures.js';
import type { MessageBusHarness } from './subject.js';

export function failureConformance(create: () => Promise<MessageBusHarness>): void {
  const fixture = new MessageBusFixture(create);

  test('whoever consumes again goes on where the last handler resolved', async () => {
    const before = await fixture.happen(streamsNamed('s', 4), 5);
    const first = fixture.follow();
    await first.reaches(before);
    await first.subscription.close();
    const after = await fixture.happen(streamsNamed('s', 4), 2);
    const second = fixture.follow();
    await second.reaches(after);
    expect(second.ids).toHaveLength(after.length);
  });

  test('another process goes on where the last one was closed', async () => {
    const before = await fixture.happen(['a'], 3);
    const first = fixture.follow();
    await first.reaches(before);
    await fixture.bus.close();
    const after = await fixture.happen(['a'], 2);
    const second = fixture.follow({}, undefined, await fixture.connect());
    await second.reaches(after);
    expect(second.ids).toEqual(['a/3', 'a/4']);
  });

  test('a handler that rejects ends the subscription with its error, and its events come again', async () => {
    const failure = new Error('no room');
    const events = await fixture.happen(['a', 'b'], 2);
    const failing = fixture.follow({}, () => Promise.reject(failure));
    await expect(failing.subscription.ended).rejects.toBe(failure);
    expect(failing.ids).toEqual([]);
    const following = fixture.follow();
    await following.reaches(events);
  });

  test('what was handled before a failure does not come again after it', async () => {
    const [first] = await fixture.happen(['a']);
    let handled = 0;
    const failing = fixture.follow({ batchSize: 1 }, async () => {
      handled += 1;
      if (handled === 3) throw new Error('no room');
    });
    await failing.reaches([first!]);
    const events = await fixture.happen(['a'], 4);
    await expect(failing.subscription.ended).rejects.toThrow('no room');
    const following = fixture.follow();
    await following.reaches(events.slice(1));
    expect(following.ids).toEqual(['a/2', 'a/3', 'a/4']);
  });

  test('a failing consumer leaves the others of the process alone', async () => {
    const failing = fixture.follow({ consumer: 'failing' }, () => Promise.reject(new Error('no')));
    const following = fixture.follow({ consumer: 'reader' });
    const events = await fixture.happen(['a'], 2);
    await expect(failing.subscription.ended).rejects.toThrow('no');
    await following.reaches(events);
    await following.reaches(await fixture.happen(['a']));
  });

  test('closing waits for the running handler, and nothing is delivered after it', async () => {
    const [entered, finish] = [gate(), gate()];
    const following = fixture.follow({ batchSize: 1 }, async () => {
      entered.open();
      await finish.opened;
    });
    await fixture.happen(['a'], 3);
    await entered.opened;
    const closed = vi.fn();
    const closing = following.subscription.close().then(closed);
    await delay(300);
    expect(closed).not.toHaveBeenCalled();
    finish.open();
    await closing;
    expect(following.ids).toEqual(['a/0']);
    await expect(following.subscription.ended).resolves.toBeUndefined();
    await fixture.happen(['a']);
    await delay(300);
    expect(following.ids).toEqual(['a/0']);
  });

  test('closing the bus closes what it consumes, twice if asked', async () => {
    const following = fixture.follow();
    await following.reaches(await fixture.happen(['a']));
    await fixture.bus.close();
    await expect(following.subscription.ended).resolves.toBeUndefined();
    await following.subscription.close();
    await fixture.bus.close();
  });

  test('closing what has just begun ends it', async () => {
    const following = fixture.follow();
    await following.subscription.close();
    await expect(following.subscription.ended).resolves.toBeUndefined();
  });
}

import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gate } from '../../gate.js';
import { MessageBusFixture, streamsNamed, until } from './fixtures.js';
import type { MessageBusHarness } from './subject.js';

export function deliveryConformance(create: () => Promise<MessageBusHarness>): void {
  const fixture = new MessageBusFixture(create);

  test('what was recorded before comes first and what follows comes after, each event as it is', async () => {
    const before = await fixture.happen(['a'], 2);
    const following = fixture.follow();
    await following.reaches(before);
    const after = await fixture.happen(['a']);
    await following.reaches(after);
    expect(following.events).toEqual([...before, ...after]);
  });

  test('an event with a trace keeps it', async () => {
    const [event] = await fixture.happen(['a']);
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const traced = { ...event!, revision: 1, eventId: 'a/1', position: 2n };
    const metadata = { ...traced.metadata, traceparent };
    await fixture.harness.record([{ ...traced, metadata }]);
    const following = fixture.follow();
    await until(() => following.events.length === 2);
    expect(following.events.map((each) => each.metadata.traceparent)).toEqual([
      undefined,
      traceparent,
    ]);
  });

  test('only events of the categories asked for come', async () => {
    const [accounts] = [await fixture.happen(['a', 'b'], 2)];
    await fixture.happen(['a'], 2, 'job');
    const generations = await fixture.happen(['a'], 2, 'generation');
    const following = fixture.follow({ categories: ['tokenAccount', 'generation'] });
    await following.reaches([...accounts, ...generations]);
    expect(following.ids.length).toBe(6);
    expect(following.events.map(({ stream }) => stream)).not.toContain('job-a');
  });

  test('the order within each stream is kept over many streams and batches', async () => {
    const following = fixture.follow({ batchSize: 7 });
    const events = [];
    for (let round = 0; round < 5; round += 1) {
      events.push(...(await fixture.happen(streamsNamed('s', 12), 5)));
    }
    await following.reaches(events);
    for (const id of streamsNamed('s', 12)) {
      const ofStream = following.events.filter(({ stream }) => stream === `tokenAccount-${id}`);
      expect(ofStream.map(({ revision }) => revision)).toEqual([...Array(25).keys()]);
    }
  });

  test('no batch is larger than asked for', async () => {
    const events = await fixture.happen(streamsNamed('s', 10), 5);
    const following = fixture.follow({ batchSize: 8 });
    await following.reaches(events);
    expect(Math.max(...following.batches.map((batch) => batch.events.length))).toBeLessThan(9);
  });

  test('the next batch of a stream waits for the handler', async () => {
    const finish = gate();
    const started: string[] = [];
    const first = await fixture.happen(['a']);
    const following = fixture.follow({}, async ({ events }) => {
      started.push(...events.map(({ eventId }) => eventId));
      await finish.opened;
    });
    await until(() => started.length === 1);
    const second = await fixture.happen(['a'], 3);
    await delay(500);
    expect(started).toEqual(['a/0']);
    finish.open();
    await following.reaches([...first, ...second]);
    expect(started).toEqual(['a/0', 'a/1', 'a/2', 'a/3']);
  });

  test('a consumer knows that it is caught up when nothing is left', async () => {
    const events = await fixture.happen(streamsNamed('s', 5), 4);
    const following = fixture.follow({ batchSize: 6 });
    await following.reaches(events);
    await until(() => following.batches.at(-1)?.caughtUp === true);
    expect(following.batches[0]?.caughtUp).toBe(false);
  });

  test('two consumers get everything, each for itself', async () => {
    const reader = fixture.follow({ consumer: 'reader' });
    const writer = fixture.follow({ consumer: 'writer' });
    const events = await fixture.happen(['a', 'b'], 3);
    await Promise.all([reader.reaches(events), writer.reaches(events)]);
    expect([reader.events.length, writer.events.length]).toEqual([6, 6]);
  });
}

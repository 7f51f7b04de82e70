import { setTimeout as delay } from 'node:timers/promises';
import { type EventBatch, START_OF_STORE } from '@imprest/application';
import { expect, test } from 'vitest';
import { gate } from '../../gate.js';
import {
  anEvent,
  appended,
  fill,
  follow,
  idsOf,
  newCategory,
  newStream,
  newStreamWith,
} from './fixtures.js';
import type { EventStoreSubject } from './subject.js';

export function subscribeConformance(subject: EventStoreSubject): void {
  test('from the start of the store, what was there comes first and what follows comes after', async () => {
    const { store } = subject;
    const category = newCategory();
    const before = await fill(store, category, 3);
    const follower = follow(store, { after: START_OF_STORE, categories: [category] });
    await follower.reach(before.positions[2] as bigint);
    const live = await fill(store, category, 3);
    await follower.reach(live.positions[2] as bigint);
    expect(idsOf(follower.events)).toEqual(idsOf([...before.events, ...live.events]));
    expect(follower.events[0]).toMatchObject({ ...before.events[0], revision: 0 });
  });

  test('from a position, only later events come', async () => {
    const { store } = subject;
    const category = newCategory();
    const { events, positions } = await fill(store, category, 5);
    const follower = follow(store, { after: positions[2] as bigint, categories: [category] });
    await follower.reach(positions[4] as bigint);
    expect(idsOf(follower.events)).toEqual(idsOf(events.slice(3)));
  });

  test('from the head, only new events come', async () => {
    const { store } = subject;
    const category = newCategory();
    await fill(store, category, 3);
    const follower = follow(store, { after: await store.head(), categories: [category] });
    const { events, positions } = await fill(store, category, 2);
    await follower.reach(positions[1] as bigint);
    expect(idsOf(follower.events)).toEqual(idsOf(events));
  });

  test('without categories every event comes', async () => {
    const { store } = subject;
    const after = await store.head();
    const follower = follow(store, { after });
    const one = await fill(store, newCategory(), 2);
    const two = await fill(store, newCategory(), 2);
    await follower.reach(two.positions[1] as bigint);
    expect(idsOf(follower.events)).toEqual(idsOf([...one.events, ...two.events]));
  });

  test('events of other categories do not come, but the position moves past them', async () => {
    const { store } = subject;
    const category = newCategory();
    const after = await store.head();
    const follower = follow(store, { after, categories: [category] });
    const { positions } = await fill(store, newCategory(), 5);
    await follower.reach(positions[4] as bigint);
    expect(follower.events).toEqual([]);
    expect(follower.batches.at(-1)).toMatchObject({ events: [], caughtUp: true });
  });

  test('positions grow from batch to batch, and each is a place to go on from', async () => {
    const { store } = subject;
    const [category, other] = [newCategory(), newCategory()];
    const after = await store.head();
    for (let n = 0; n < 4; n += 1) {
      await fill(store, category, 3);
      await fill(store, other, 2);
    }
    const end = await store.head();
    const options = { categories: [category], batchSize: 2 };
    const follower = follow(store, { after, ...options });
    await follower.reach(end);
    expect(follower.events).toHaveLength(12);
    let position = after;
    let seen = 0;
    for (const batch of follower.batches) {
      expect(batch.position).toBeGreaterThan(position);
      expect(batch.events.length).toBeLessThanOrEqual(2);
      position = batch.position;
      seen += batch.events.length;
      const resumed = follow(store, { after: position, ...options });
      if (position < end) await resumed.reach(end);
      expect(idsOf(resumed.events)).toEqual(idsOf(follower.events.slice(seen)));
      await resumed.subscription.close();
    }
  });

  test('a batch says whether anything was left to read', async () => {
    const { store } = subject;
    const category = newCategory();
    const after = await store.head();
    const { positions } = await fill(store, category, 7);
    const follower = follow(store, { after, categories: [category], batchSize: 2 });
    await follower.reach(positions[6] as bigint);
    const caughtUp = follower.batches.map((batch) => batch.caughtUp);
    expect(caughtUp.slice(0, 3)).toEqual([false, false, false]);
    expect(caughtUp.at(-1)).toBe(true);
  });

  test('the next batch comes only after the handler is done with the last', async () => {
    const { store } = subject;
    const category = newCategory();
    const after = await store.head();
    let running = 0;
    let most = 0;
    const seen: string[] = [];
    const subscription = store.subscribe(
      { after, categories: [category], batchSize: 2 },
      async (batch) => {
        running += 1;
        most = Math.max(most, running);
        await delay(2);
        seen.push(...idsOf(batch.events));
        running -= 1;
      },
    );
    const { events } = await fill(store, category, 30);
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(30);
    expect(seen).toEqual(idsOf(events));
    expect(most).toBe(1);
    await subscription.close();
  });

  test('an error of the handler ends the subscription with that error', async () => {
    const { store } = subject;
    const category = newCategory();
    const after = await store.head();
    const broken = new Error('the handler broke');
    const batches: EventBatch[] = [];
    const subscription = store.subscribe({ after, categories: [category] }, async (batch) => {
      batches.push(batch);
      throw broken;
    });
    await fill(store, category, 1);
    await expect(subscription.ended).rejects.toBe(broken);
    await fill(store, category, 3);
    await subscription.close();
    expect(batches).toHaveLength(1);
  });

  test('closing waits for the running handler, and nothing comes afterwards', async () => {
    const { store } = subject;
    const category = newCategory();
    const after = await store.head();
    const [entered, finish] = [gate(), gate()];
    let calls = 0;
    const subscription = store.subscribe({ after, categories: [category] }, async () => {
      calls += 1;
      entered.open();
      await finish.opened;
    });
    await fill(store, category, 1);
    await entered.opened;
    let closed = false;
    const closing = subscription.close().then(() => {
      closed = true;
    });
    await fill(store, category, 3);
    await delay(50);
    expect(closed).toBe(false);
    finish.open();
    await closing;
    await subscription.ended;
    await subscription.close();
    await delay(50);
    expect(calls).toBe(1);
  });

  test('closing an idle subscription ends it at once', async () => {
    const { store } = subject;
    const subscription = store.subscribe({ after: await store.head() }, async () => {});
    const startedAt = performance.now();
    await subscription.close();
    await subscription.ended;
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test('closing the store ends its subscriptions', async () => {
    const other = await subject.connect();
    const follower = follow(other, { after: await other.head() });
    await other.close();
    await follower.subscription.ended;
    const { batches } = follower;
    const before = batches.length;
    await fill(subject.store, newCategory(), 2);
    await delay(50);
    expect(batches).toHaveLength(before);
  });

  test.each(['this process', 'another process'])(
    'an idle subscription is woken soon after a commit of %s',
    async (writer) => {
      const { store, harness } = subject;
      const writing = writer === 'this process' ? store : await subject.connect();
      const category = newCategory();
      const follower = follow(store, { after: await store.head(), categories: [category] });
      const delays: number[] = [];
      for (let n = 0; n < 10; n += 1) {
        // Long enough to be idle again; the first round may include setting things up.
        await delay(30);
        const event = newStreamWith(newStream(category), anEvent());
        const position = appended(await writing.append([event]));
        const startedAt = performance.now();
        await follower.reach(position);
        delays.push(performance.now() - startedAt);
      }
      const worst = Math.max(...delays.slice(1));
      expect(worst).toBeLessThan(harness.wakeUpMs ?? 500);
    },
  );

  test('a consumer that may lag is read for no more often than it asks', async () => {
    const { store } = subject;
    const category = newCategory();
    const times: number[] = [];
    const subscription = store.subscribe(
      { after: await store.head(), categories: [category], minimumIntervalMs: 60 },
      async (batch) => {
        if (batch.events.length > 0) times.push(performance.now());
      },
    );
    const until = performance.now() + 400;
    while (performance.now() < until) await fill(store, category, 1);
    await subscription.close();
    expect(times.length).toBeGreaterThan(1);
    const gaps = times.slice(1).map((time, n) => time - (times[n] as number));
    // Measured at the handler: the time a read takes may move it by a little.
    expect(Math.min(...gaps)).toBeGreaterThan(40);
  });

  test('subscriptions of one store do not wait for each other', async () => {
    const { store } = subject;
    const category = newCategory();
    const after = await store.head();
    const stuck = gate();
    const slow = store.subscribe({ after, categories: [category] }, () => stuck.opened);
    const quick = follow(store, { after, categories: [category] });
    const { positions } = await fill(store, category, 5);
    await quick.reach(positions[4] as bigint);
    expect(quick.events).toHaveLength(5);
    stuck.open();
    await slow.close();
  });
}

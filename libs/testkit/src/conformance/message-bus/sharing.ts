import { expect, test } from 'vitest';
import { includesAll, MessageBusFixture, streamsNamed, until } from './fixtures.js';
import type { MessageBusHarness } from './subject.js';

export function sharingConformance(create: () => Promise<MessageBusHarness>): void {
  const fixture = new MessageBusFixture(create);
  const streams = streamsNamed('s', 16);

  test('two processes with one consumer get everything between them', async () => {
    const first = fixture.follow();
    await first.reaches(await fixture.happen(streams));
    const second = fixture.follow({}, undefined, await fixture.connect());
    const events = await fixture.happen(streams, 5);
    await until(() => includesAll([...first.ids, ...second.ids], events));
  });

  test('when one leaves, the other takes over where it has got to', async () => {
    const first = fixture.follow();
    const second = fixture.follow({}, undefined, await fixture.connect());
    const before = await fixture.happen(streams, 2);
    await until(() => includesAll([...first.ids, ...second.ids], before));
    await first.subscription.close();
    const after = await fixture.happen(streams, 2);
    await second.reaches(after);
    const seen = new Set(first.ids);
    for (const id of streams) {
      const fresh = second.events
        .filter(({ stream, eventId }) => stream === `tokenAccount-${id}` && !seen.has(eventId))
        .map(({ revision }) => revision);
      expect(fresh).toEqual(fresh.toSorted((one, other) => one - other));
    }
  });

  test('nothing is lost when one is killed while it works', async () => {
    const killed = await fixture.start('reader');
    const first = await fixture.happen(streams, 3);
    await until(() => killed.consumed.length > 0);
    const survivor = fixture.follow();
    const second = await fixture.happen(streams, 3);
    await killed.die();
    const third = await fixture.happen(streams, 3);
    const all = [...first, ...second, ...third];
    await until(
      () => includesAll([...killed.consumed, ...survivor.ids], all),
      fixture.harness.takeOverMs,
    );
  });
}

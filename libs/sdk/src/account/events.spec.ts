import { expect, it } from 'vitest';
import { Imprest } from '../index.js';

const event = (id: string) => ({ id, type: 'generation.completed', occurredAt: '', body: null });
const pages: Record<string, object> = {
  none: { events: [event('a'), event('b')], nextCursor: 'c1', more: true },
  c1: { events: [], nextCursor: 'c1', more: false },
  c2: { events: [event('c')], nextCursor: 'c3', more: false },
};

/** A client of a feed where nothing has happened at `c1` the first time that somebody asks. */
function reader() {
  const asked: (string | null)[] = [];
  const imprest = new Imprest({
    baseUrl: 'https://imprest.example.com',
    apiKey: 'imp_test_secret',
    fetch: async (url) => {
      const { searchParams } = new URL(String(url));
      const after = searchParams.get('after');
      const again = after === 'c1' && asked.includes('c1');
      asked.push(after);
      expect(searchParams.get('wait')).toBe('25');
      return Response.json(pages[again ? 'c2' : (after ?? 'none')]);
    },
  });
  return { imprest, asked };
}

it('events are read page by page, and waited for where there is none', async () => {
  const { imprest, asked } = reader();
  const seen: string[] = [];
  for await (const { events, nextCursor } of imprest.events.iterate()) {
    seen.push(...events.map(({ id }) => id), nextCursor);
    if (nextCursor === 'c3') break;
  }
  expect(seen).toEqual(['a', 'b', 'c1', 'c', 'c3']);
  expect(asked).toEqual([null, 'c1', 'c1']);
});

it('events go on after a cursor that was stored', async () => {
  const { imprest } = reader();
  for await (const { events } of imprest.events.iterate({ after: 'c2' })) {
    expect(events.map(({ id }) => id)).toEqual(['c']);
    break;
  }
});

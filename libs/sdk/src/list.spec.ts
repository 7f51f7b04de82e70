import { expect, it } from 'vitest';
import { List } from './list.js';

const pages: Record<string, readonly string[]> = { first: ['a', 'b'], second: [], third: ['c'] };
const next: Record<string, string> = { first: 'second', second: 'third' };

function letters() {
  const asked: (string | undefined)[] = [];
  const list = new List(async (cursor) => {
    asked.push(cursor);
    const at = cursor ?? 'first';
    return { items: pages[at] ?? [], nextCursor: next[at] ?? null };
  });
  return { list, asked };
}

it('a list goes through all pages, empty ones too', async () => {
  const { list, asked } = letters();
  const seen: string[] = [];
  for await (const letter of list) seen.push(letter);
  expect(seen).toEqual(['a', 'b', 'c']);
  expect(asked).toEqual([undefined, 'second', 'third']);
});

it('a list fetches no page that nobody looks at', async () => {
  const { list, asked } = letters();
  for await (const letter of list) if (letter === 'b') break;
  expect(asked).toEqual([undefined]);
});

it('a list gives one page by its cursor', async () => {
  const { list } = letters();
  expect(await list.page('third')).toEqual({ items: ['c'], nextCursor: null });
});

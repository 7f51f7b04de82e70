import { expect, test } from 'vitest';
import { streamCategory, streamId, streamName } from './index.js';

test.each([
  { category: 'tokenAccount', id: 'ten_1' },
  { category: 'generation', id: '0198f2a0-0000-7000-8000-000000000001' },
])('$category and $id make one name and come out of it again', ({ category, id }) => {
  const stream = streamName(category, id);
  expect(stream).toBe(`${category}-${id}`);
  expect([streamCategory(stream), streamId(stream)]).toEqual([category, id]);
});

test('a name without a dash is its own category', () => {
  expect(streamCategory('orphan')).toBe('orphan');
});

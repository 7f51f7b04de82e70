import { describe, expect, it } from 'vitest';
import { askedSort, isSortable, nextSort, shownOrder } from './order.ts';

const columns = [
  { id: 'createdAt', sortBy: () => 1 },
  { id: 'status', sortBy: () => 1 },
  { id: 'actions' },
];
const paged = { sorts: ['-createdAt'], isWhole: false };
const whole = { ...paged, isWhole: true };

describe('the order of a list', () => {
  it('is asked of the API where it knows it, else its usual one', () => {
    expect(askedSort(['-createdAt', 'spent'], 'createdAt')).toBe('createdAt');
    expect(askedSort(['-createdAt', 'spent'], '-spent')).toBe('-spent');
    expect(askedSort(['-createdAt'], 'status')).toBe('-createdAt');
    expect(askedSort([], 'status')).toBeUndefined();
  });

  it('is offered by what the API sorts by, and by all that is shown where nothing else is there', () => {
    const offered = (list: typeof paged) =>
      columns.filter((column) => isSortable(column, list)).map(({ id }) => id);
    expect(offered(paged)).toEqual(['createdAt']);
    expect(offered(whole)).toEqual(['createdAt', 'status']);
  });

  it('is never that of one page among several', () => {
    expect(shownOrder(columns, paged, 'status')).toEqual({ sort: '-createdAt', isMadeHere: false });
    expect(shownOrder(columns, whole, 'status')).toEqual({ sort: 'status', isMadeHere: true });
    expect(shownOrder(columns, whole, 'createdAt')).toEqual({
      sort: 'createdAt',
      isMadeHere: false,
    });
  });
});

describe('presses on the head of a column', () => {
  it('go to ascending, descending and back', () => {
    expect(nextSort('status', '-createdAt', '-createdAt')).toBe('status');
    expect(nextSort('status', 'status', '-createdAt')).toBe('-status');
    expect(nextSort('status', '-status', '-createdAt')).toBeUndefined();
  });

  it('turn the usual order round and back', () => {
    expect(nextSort('createdAt', '-createdAt', '-createdAt')).toBe('createdAt');
    expect(nextSort('createdAt', 'createdAt', '-createdAt')).toBeUndefined();
    expect(nextSort('dueAt', 'dueAt', 'dueAt')).toBe('-dueAt');
    expect(nextSort('dueAt', '-openedAt', 'dueAt')).toBeUndefined();
  });
});

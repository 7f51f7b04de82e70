import { DomainFailure } from '@imprest/application';
import { describe, expect, it } from 'vitest';
import { pageLimit, time } from './page-limit.js';

function fieldOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainFailure) return error.error.field;
  }
  return undefined;
}

describe('the limit of a page', () => {
  it.each([
    [undefined, 20],
    ['1', 1],
    ['100', 100],
    ['007', 7],
  ])('%s is %i', (text, limit) => expect(pageLimit(text)).toBe(limit));

  it.each(['0', '101', '999', 'x', ''])('is never %j', (text) => {
    expect(fieldOf(() => pageLimit(text))).toBe('limit');
  });
});

describe('a time in a query', () => {
  it.each([
    [undefined, undefined],
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T09:30:00Z', '2026-11-20T09:30:00.000Z'],
    ['2026-11-20T09:30:00.5+02:00', '2026-11-20T07:30:00.500Z'],
  ])('%s is %s', (text, instant) => expect(time('from', text)?.toISOString()).toBe(instant));

  it.each(['', 'yesterday', '2026', '20-11-2026', '2026-13-01', '1969-12-31', '1763600000000'])(
    'is never %j',
    (text) => expect(fieldOf(() => time('from', text))).toBe('from'),
  );
});

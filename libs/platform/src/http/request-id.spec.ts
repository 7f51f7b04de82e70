import { describe, expect, it } from 'vitest';
import { requestIds } from './request-id.js';

const idOf = (given?: string | string[]) =>
  requestIds()({ headers: given === undefined ? {} : { 'x-request-id': given } });

describe('the id of a request', () => {
  it.each(['a', 'trace-1.2_3', 'x'.repeat(64)])('is the caller’s own %s', (given) => {
    expect(idOf(given)).toBe(given);
  });

  it.each(['', 'a b', 'a\nb', 'ä', 'x'.repeat(65), '<script>'])('is not %j', (given) => {
    expect(idOf(given)).toMatch(/^[0-9a-f]{12}-1$/);
  });

  it('is never given out twice by one process', () => {
    const next = requestIds();
    const ids = Array.from({ length: 1_000 }, () => next({ headers: {} }));

    expect(new Set(ids).size).toBe(1_000);
  });
});

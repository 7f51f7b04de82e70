import { InvalidCursor } from '@imprest/application';
import { describe, expect, test } from 'vitest';
import { decodeTimeAndId, encodeCursor } from './cursor.js';
import { placeIn, placeParts, Sorting, time } from './sorting.js';

const order = new Sorting({ at: time('at') }, '-at').order();

describe('a cursor of times', () => {
  test('is read as it was given out', () => {
    const at = new Date('2026-11-20T09:30:00.125Z');
    expect(placeIn(encodeCursor(placeParts(order, at, 'x')), order)).toEqual({
      value: at,
      id: 'x',
    });
  });

  test.each(['-200000-01-01T00:00:00.000Z', '-004800-01-01T00:00:00.000Z', 'yesterday', ''])(
    'of “%s”, a time that the database has not, is refused before it is asked',
    (text) => {
      expect(() => placeIn(encodeCursor(['-at', text, 'x']), order)).toThrow(InvalidCursor);
      expect(() => decodeTimeAndId(encodeCursor([text, 'x']))).toThrow(InvalidCursor);
    },
  );
});

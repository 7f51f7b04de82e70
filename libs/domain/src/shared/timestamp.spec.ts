import { expect, test } from 'vitest';
import { isTimestamp } from './timestamp.js';

test.each(['2026-01-31T12:00:00.000Z', '1970-01-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z'])(
  '%s is a timestamp',
  (text) => expect(isTimestamp(text)).toBe(true),
);

test.each([
  '',
  '2026-01-31',
  '2026-01-31T12:00:00Z',
  '2026-01-31T12:00:00.000+00:00',
  '2026-01-31t12:00:00.000z',
  '2026-02-29T12:00:00.000Z',
  '2026-01-31T24:00:00.000Z',
  '-00001-01-01T00:00:00.00Z',
])('%s is none: it would not sort as text among the others', (text) =>
  expect(isTimestamp(text)).toBe(false),
);

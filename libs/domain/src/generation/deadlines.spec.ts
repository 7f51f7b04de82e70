import { describe, expect, test } from 'vitest';
import {
  type DeadlineDefaults,
  MAX_DEADLINE_SECONDS,
  type RequestedDeadlines,
  resolveDeadlines,
} from './deadlines.js';

const now = '2026-01-15T09:00:00.000Z';
const unlimited: DeadlineDefaults = { startWithinSeconds: null, finishWithinSeconds: null };
const resolve = (asked: RequestedDeadlines, defaults = unlimited) =>
  resolveDeadlines(asked, defaults, now);

describe('resolveDeadlines', () => {
  test('takes seconds from now, and times with their offset', () => {
    expect(resolve({ startBy: 90, finishBy: '2026-01-15T11:00:00+01:00' })).toEqual({
      startBy: '2026-01-15T09:01:30.000Z',
      finishBy: '2026-01-15T10:00:00.000Z',
    });
  });

  test('asks for nothing where nothing is asked for and nothing is usual', () => {
    expect(resolve({})).toEqual({ startBy: null, finishBy: null });
  });

  test('fills in what is usual, but never beyond what was asked for', () => {
    const usual = { startWithinSeconds: 3_600, finishWithinSeconds: 7_200 };
    expect(resolve({}, usual)).toEqual({
      startBy: '2026-01-15T10:00:00.000Z',
      finishBy: '2026-01-15T11:00:00.000Z',
    });
    expect(resolve({ finishBy: 60 }, usual)).toEqual({
      startBy: null,
      finishBy: '2026-01-15T09:01:00.000Z',
    });
  });

  test.each<[RequestedDeadlines, string, string]>([
    [{ startBy: '2026-01-15T09:00:00Z' }, 'startBy', 'in the future'],
    [{ finishBy: -1 }, 'finishBy', 'in the future'],
    [{ startBy: '2026-01-15 10:00' }, 'startBy', 'must be seconds from now, or a time'],
    [{ finishBy: '2026-13-45T09:00:00Z' }, 'finishBy', 'in the future'],
    [{ finishBy: MAX_DEADLINE_SECONDS + 1 }, 'finishBy', 'at most'],
    [{ startBy: 60, finishBy: 30 }, 'startBy', 'must not be later than finishBy'],
  ])('refuses %j', (asked, field, rule) => {
    expect(resolve(asked)).toMatchObject({
      code: 'validation_error',
      field,
      message: expect.stringContaining(rule),
    });
  });
});

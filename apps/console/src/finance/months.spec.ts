import { describe, expect, it } from 'vitest';
import { endOfDay, isMonth, monthOf, monthsLater, monthsUpTo, nextToClose } from './months.ts';

describe('months', () => {
  it('go over the end of a year in both directions', () => {
    expect(monthsLater('2025-12', 1)).toBe('2026-01');
    expect(monthsLater('2026-01', -13)).toBe('2024-12');
    expect(monthsUpTo('2026-02', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  });

  it('are those of UTC', () => {
    expect(monthOf(new Date('2026-01-31T23:59:59.999Z'))).toBe('2026-01');
  });

  it('are told from other texts', () => {
    expect(isMonth('2026-13')).toBe(false);
    expect(isMonth(undefined)).toBe(false);
    expect(() => monthsLater('January', 1)).toThrow('January is no month such as 2026-01');
  });
});

describe('the month to close next', () => {
  const today = new Date('2026-03-05T00:00:00Z');

  it('follows the latest that is closed', () => {
    expect(nextToClose(['2025-12', '2026-01'], today)).toBe('2026-02');
  });

  it('is none while the one after the latest is not over', () => {
    expect(nextToClose(['2026-02'], today)).toBeNull();
  });

  it('is the last that is over when none was closed', () => {
    expect(nextToClose([], today)).toBe('2026-02');
  });
});

describe('the end of a day', () => {
  it('is its last millisecond; a time stays as it is', () => {
    expect(endOfDay('2026-01-31')).toBe('2026-01-31T23:59:59.999Z');
    expect(endOfDay('2026-01-31T12:00:00Z')).toBe('2026-01-31T12:00:00Z');
  });
});

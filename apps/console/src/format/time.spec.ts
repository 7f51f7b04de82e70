import { describe, expect, it } from 'vitest';
import { formatDuration, formatLocal, formatUtc, utcDay } from './time.ts';

describe('times', () => {
  it('are shown in UTC, whatever offset they came with', () => {
    expect(formatUtc('2026-11-20T09:30:05.123Z')).toBe('2026-11-20 09:30:05');
    expect(formatUtc('2026-11-20T01:30:00+02:00')).toBe('2026-11-19 23:30:00');
    expect(formatUtc('never')).toBe('never');
  });

  it('are told where the reader is as well', () => {
    expect(formatLocal('2026-11-20T09:30:05Z', 'Asia/Tokyo')).toBe('20 Nov 2026, 18:30:05');
  });

  it('have spans in two units at most', () => {
    expect(formatDuration(40)).toBe('40 ms');
    expect(formatDuration(1540)).toBe('1.5 s');
    expect(formatDuration(61_000)).toBe('1 min 1 s');
    expect(formatDuration(7_500_000)).toBe('2 h 5 min');
    expect(formatDuration(86_400_000)).toBe('1 d');
  });

  it('count days of UTC', () => {
    expect(utcDay(new Date('2026-03-01T00:30:00Z'), -1)).toBe('2026-02-28');
  });
});

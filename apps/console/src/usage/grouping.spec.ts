import { describe, expect, it } from 'vitest';
import {
  daysBetween,
  drawnByDay,
  isGrouping,
  subjectOf,
  totalsOf,
  type UsageRow,
} from './grouping.ts';

const row = (facts: Partial<UsageRow>, captured: number, refunded = 0): UsageRow => ({
  requests: 2,
  succeeded: 1,
  failed: 1,
  cancelled: 0,
  successRatio: null,
  xTokens: { held: captured, captured, released: 0, refunded },
  ...facts,
});

describe('usage', () => {
  it('is drawn by day, a series for each model, days in their order', () => {
    const rows = [
      row({ day: '2026-11-20', model: 'b' }, 5),
      row({ day: '2026-11-19', model: 'a' }, 10, 1),
      row({ day: '2026-11-20', model: 'a' }, 20),
    ];
    expect(drawnByDay(rows, ['2026-11-18', '2026-11-19'])).toEqual({
      names: ['a', 'b'],
      points: [
        { day: '11-18', a: 0, b: 0 },
        { day: '11-19', a: 9, b: 0 },
        { day: '11-20', a: 20, b: 5 },
      ],
    });
  });

  it('is drawn for every day of its span', () => {
    expect(daysBetween('2026-10-30', '2026-11-01')).toEqual([
      '2026-10-30',
      '2026-10-31',
      '2026-11-01',
    ]);
    expect(daysBetween('2026-11-02', '2026-11-01')).toEqual([]);
    expect(daysBetween('2001-01-01', '2026-11-01')).toHaveLength(366);
  });

  it('draws what is small together', () => {
    const models = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const rows = models.map((model, index) => row({ day: '2026-11-20', model }, 10 + index));
    const { names, points } = drawnByDay(rows, []);

    expect(names).toEqual(['g', 'f', 'e', 'd', 'c', 'others']);
    expect(points[0]).toMatchObject({ others: 21, g: 16 });
  });

  it('adds up exactly and names what it is about', () => {
    expect(totalsOf([row({}, 10, 2), row({}, 5)])).toEqual({
      requests: 4n,
      succeeded: 2n,
      failed: 2n,
      spent: 13n,
    });
    expect(subjectOf(row({ endUserId: 'eu_1', endUserEmail: null }, 0))).toBe('eu_1');
    expect(isGrouping('day,model')).toBe(true);
    expect(isGrouping('month')).toBe(false);
  });
});

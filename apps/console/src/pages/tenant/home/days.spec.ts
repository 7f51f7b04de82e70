import { describe, expect, it } from 'vitest';
import { drawnDays, type UsageOfDay } from './days.ts';

const usage: UsageOfDay[] = [
  { day: '2026-11-18', succeeded: 3, failed: 1, xTokens: { captured: 30, refunded: 10 } },
  { day: '2026-11-20', succeeded: 1, failed: 0, xTokens: { captured: 10, refunded: 0 } },
];

describe('days of usage', () => {
  it('are drawn without a gap, today last', () => {
    const days = drawnDays(usage, new Date('2026-11-20T23:59:00Z'), 3);
    expect(days).toEqual([
      { day: '11-18', spent: 20, succeeded: 3, failed: 1 },
      { day: '11-19', spent: 0, succeeded: 0, failed: 0 },
      { day: '11-20', spent: 10, succeeded: 1, failed: 0 },
    ]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { drain } from './drain.js';

describe('draining', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const takes = (name: string, ms: number, ended: string[]) => ({
    name,
    end: async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      ended.push(name);
    },
  });

  it('ends one part after the other', async () => {
    const ended: string[] = [];
    const draining = drain([takes('requests', 300, ended), takes('engines', 10, ended)], 1);
    await vi.advanceTimersByTimeAsync(310);
    await draining;

    expect(ended).toEqual(['requests', 'engines']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('names the part that does not end in time', async () => {
    const stuck = { name: 'consumers', end: () => new Promise<void>(() => {}) };
    const draining = drain([takes('requests', 10, []), stuck], 25);
    const refused = expect(draining).rejects.toThrow(
      'stopping took longer than 25 s: consumers did not end',
    );
    await vi.advanceTimersByTimeAsync(25_000);
    await refused;
  });
});

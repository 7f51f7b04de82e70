import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runClosedLoop } from './closed-loop.js';

const plan = { inFlight: 4, warmUpMs: 5, measureMs: 20 };

describe('runClosedLoop', () => {
  it('keeps as many operations under way as asked for, each in a slot of its own', async () => {
    const open = new Set<number>();
    let most = 0;
    const { done } = await runClosedLoop(plan, async (slot) => {
      expect(open.has(slot)).toBe(false);
      open.add(slot);
      most = Math.max(most, open.size);
      await turn();
      open.delete(slot);
    });
    expect(most).toBe(4);
    expect(done).toBeGreaterThan(4);
  });

  it('counts operations of the warm-up as done but not in the rate', async () => {
    const { rate, done } = await runClosedLoop(plan, () => turn());
    expect((rate * plan.measureMs) / 1000).toBeLessThan(done);
  });

  it('fails when an operation fails', async () => {
    await expect(runClosedLoop(plan, () => Promise.reject(new Error('refused')))).rejects.toThrow(
      'refused',
    );
  });
});

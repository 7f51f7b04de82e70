import { describe, expect, it } from 'vitest';
import { frameCount } from './frame-count.js';

describe('the number of frames in a series', () => {
  it.each([
    ['three scenes of a harbour', 15, 3],
    ['a story in 4 panels', 15, 4],
    ['a 5-panel comic about a lighthouse', 15, 5],
    ['Two connected wide shots', 15, 2],
    ['seven images', 4, 4],
    ['0 frames', 6, 1],
    ['99 pictures', 15, 15],
    ['a harbour in the morning', 6, 6],
    ['two boats and one house', 6, 6],
    ['three', 6, 6],
  ])('for "%s" and at most %d is %d', (prompt, most, expected) => {
    expect(frameCount(prompt, most)).toBe(expected);
  });

  it('does not search for ever', () => {
    const started = performance.now();

    frameCount('three very '.repeat(20_000), 6);

    expect(performance.now() - started).toBeLessThan(500);
  });
});

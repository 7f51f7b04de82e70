import { describe, expect, it } from 'vitest';
import { cameraMove } from './camera-move.js';

const ends = (prompt: string, seed = 1) => {
  const windows = cameraMove(prompt, seed, 9);
  return [windows[0], windows[8]] as const;
};

describe('a camera move', () => {
  it.each([
    ['zoom in on the lake', 'side', -1],
    ['slowly zooming out', 'side', 1],
    ['pan left over the hills', 'left', -1],
    ['the camera pans right', 'left', 1],
    ['tilt up to the sky', 'top', -1],
    ['tilting down', 'top', 1],
  ] as const)('does what "%s" says', (prompt, part, direction) => {
    const [first, last] = ends(prompt);

    expect(Math.sign((last?.[part] ?? 0) - (first?.[part] ?? 0))).toBe(direction);
  });

  it('follows from prompt and seed where the prompt names none', () => {
    expect(ends('a mountain lake', 3)).toEqual(ends('a mountain lake', 3));
    const moves = Array.from({ length: 30 }, (_, seed) => JSON.stringify(ends('a lake', seed)));
    expect(new Set(moves).size).toBe(6);
  });

  it('stays inside the picture and moves with every frame', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const windows = cameraMove('', seed, 16);
      for (const { left, top, side } of windows) {
        expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
        expect(Math.max(left, top) + side).toBeLessThanOrEqual(1 + 1e-9);
      }
      expect(new Set(windows.map((window) => JSON.stringify(window))).size).toBe(16);
    }
  });
});

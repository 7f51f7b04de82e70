import { describe, expect, it } from 'vitest';
import { isInk, textWidth } from './bitmap-font.js';
import { drawWatermark } from './watermark.js';

const canvas = (width: number, height: number) => ({
  data: new Uint8Array(width * height * 3).fill(100),
  width,
  height,
});

/** Left, top, right and bottom of what is no longer the colour of the canvas. */
function changedBox({ data, width }: ReturnType<typeof canvas>) {
  const changed = Array.from(data.keys()).filter((index) => data[index] !== 100);
  const xs = changed.map((index) => Math.floor(index / 3) % width);
  const ys = changed.map((index) => Math.floor(index / 3 / width));
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const;
}

describe('the bitmap font', () => {
  it('draws an I as a serif, a stem and a serif', () => {
    const rows = Array.from({ length: 7 }, (_, row) =>
      Array.from({ length: textWidth('I') }, (_, column) =>
        isInk('I', column, row) ? '#' : '.',
      ).join(''),
    );

    expect(rows).toEqual(['.###.', '..#..', '..#..', '..#..', '..#..', '..#..', '.###.']);
  });

  it('leaves unknown characters and everything outside blank', () => {
    expect(isInk('é', 2, 3)).toBe(false);
    expect(isInk('I', 2, 9)).toBe(false);
    expect(isInk('I', -1, 0)).toBe(false);
    expect(isInk('I', 99, 0)).toBe(false);
  });
});

describe('the watermark', () => {
  it('is small and stands in the lower right corner', () => {
    const picture = canvas(460, 460);

    drawWatermark(picture);

    const [left, top, right, bottom] = changedBox(picture);
    expect(left).toBeGreaterThan(460 * 0.8);
    expect(top).toBeGreaterThan(460 * 0.95);
    expect(right).toBeLessThan(458);
    expect(bottom).toBeLessThan(458);
  });

  it('is cut off by a picture that is smaller than itself', () => {
    const picture = canvas(16, 16);

    drawWatermark(picture);

    expect(changedBox(picture)[0]).toBeGreaterThanOrEqual(0);
  });
});

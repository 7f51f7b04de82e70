import { describe, expect, it } from 'vitest';
import { Chance } from '../chance/chance.js';
import { isInk, textWidth } from './bitmap-font.js';
import { drawReferences, printSide } from './reference-prints.js';
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

const flat = (grey: number, caption?: string) => ({
  data: new Uint8Array(40 * 30 * 3).fill(grey),
  width: 40,
  height: 30,
  caption,
});

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

describe('reference prints', () => {
  it('show the reference on white paper', () => {
    const picture = canvas(400, 300);

    drawReferences(picture, [flat(200)], new Chance(1));

    const values = new Set(picture.data);
    expect(values).toContain(200);
    expect(values).toContain(244);
  });

  it('are larger when the prompt speaks of them', () => {
    const area = (caption?: string) => {
      const picture = canvas(400, 300);
      drawReferences(picture, [flat(200, caption)], new Chance(1));
      return picture.data.filter((value) => value === 200).length;
    };

    expect(area('IMAGE_1')).toBeGreaterThan(area() * 1.2);
  });

  it('fit beside and above each other, ten of them', () => {
    const picture = canvas(500, 400);
    const greys = Array.from({ length: 10 }, (_, index) => 150 + index);

    drawReferences(
      picture,
      greys.map((grey) => flat(grey)),
      new Chance(1),
    );

    for (const grey of greys) expect(picture.data.includes(grey)).toBe(true);
    expect(printSide(500, 400, 10)).toBeLessThan(500 / 5);
  });
});

import { describe, expect, it } from 'vitest';
import { Chance } from '../chance/chance.js';
import { drawReferences, printSide } from './reference-prints.js';

const canvas = (width: number, height: number) => ({
  data: new Uint8Array(width * height * 3).fill(100),
  width,
  height,
});

const flat = (grey: number, caption?: string) => ({
  data: new Uint8Array(40 * 30 * 3).fill(grey),
  width: 40,
  height: 30,
  caption,
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

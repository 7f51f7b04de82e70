import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chance } from '../chance/chance.js';
import { Column } from '../image/column.js';
import { readPrompt } from '../prompt/scene-brief.js';
import { composeScene } from '../scenes/compose.js';
import { smallRequest } from '../small-request.fixtures.js';
import type { ImageTask } from './image-task.js';
import { paintPicture } from './paint-picture.js';

const task: ImageTask = { ...smallRequest, frame: 0, references: [] };
const control = { checkpoint: () => {}, onProgress: () => {} };
const paint = (change: Partial<ImageTask>) =>
  paintPicture({ ...task, ...change }, [], control).data;
const digest = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
const digestOf = (change: Partial<ImageTask>) => digest(paint(change));

/** Far over any light, so that it shows through wherever a scene leaves a gap. */
const UNPAINTED = 1e6;

const PROMPTS = [
  'sunset over a mountain lake with pine forest',
  'rolling hills with flowers and a cabin',
  'desert dunes with balloons',
  'stormy sea, boat, birds',
  'tropical beach',
  'misty winter forest, snowfall',
  'aurora over snowy mountains',
  'rainy city at night, neon',
  'planet and nebula',
  'glass bottle on a wooden table',
  'vase',
  'mug',
  'lamp',
  'jar',
  'metal bowl',
  'portrait with long hair',
  'portrait with a hat',
  'portrait with a bun',
  'portrait, curls',
  'nothing known',
];

/** Mean of each channel over some rows, 0 to 255. */
function meanOf(
  data: Uint8Array,
  fromRow: number,
  toRow: number,
): readonly [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  const end = toRow * task.width * 3;
  for (let index = fromRow * task.width * 3; index < end; index += 3) {
    for (const channel of [0, 1, 2] as const) sums[channel] += data[index + channel] as number;
  }
  const count = (toRow - fromRow) * task.width;
  return [sums[0] / count, sums[1] / count, sums[2] / count];
}

const differenceOf = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] as number)), 0) / a.length;

describe('painting', () => {
  it.each(PROMPTS)('gives the same pixels twice for "%s", and fills the picture', (prompt) => {
    const first = paint({ prompt });

    expect(digest(first)).toBe(digestOf({ prompt }));
    expect(first).toHaveLength(task.width * task.height * 3);
    expect(new Set(first).size).toBeGreaterThan(20);
  });

  it('changes with everything that is part of the request', () => {
    const changes: Partial<ImageTask>[] = [
      {},
      { seed: 43 },
      { prompt: 'sunset over a mountain lake!' },
      { model: 'model-b' },
      { guidanceScale: 12 },
      { frame: 1 },
      { watermark: true },
      { width: 161 },
    ];

    expect(new Set(changes.map(digestOf)).size).toBe(changes.length);
  });

  it('does not depend on what was painted before', () => {
    const alone = digestOf({ seed: 5 });
    paint({ prompt: 'planet', seed: 9 });

    expect(digestOf({ seed: 5 })).toBe(alone);
  });

  it('takes the same path through a series as through a set of seeds, only closer together', () => {
    for (const prompt of ['a mountain range', 'city at dusk', 'dunes', 'planet']) {
      const start = paint({ prompt });
      const frame = differenceOf(start, paint({ prompt, frame: 1 }));
      const stranger = differenceOf(start, paint({ prompt, seed: 1042 }));
      expect(frame).toBeGreaterThan(0.05);
      expect(frame).toBeLessThan(stranger);
    }
  });

  it('paints every pixel of every scene', () => {
    for (const prompt of PROMPTS) {
      const picture = { width: 90, height: 70, travel: 0, checkpoint: () => {} };
      const scene = composeScene(readPrompt(prompt), new Chance(3), picture);
      const column = new Column(picture.height);
      for (let x = 0; x < picture.width; x += 1) {
        column.rgb.fill(UNPAINTED);
        column.mirror.fill(UNPAINTED);
        column.moveTo(x);
        for (const layer of scene.layers) layer.paint(column);
        expect(Math.max(...column.rgb), `${prompt}, column ${x}`).toBeLessThan(5);
      }
    }
  });

  it('works at any size', () => {
    const side = fc.integer({ min: 16, max: 100 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(...PROMPTS), (width, height, prompt) => {
        expect(paint({ width, height, prompt })).toHaveLength(width * height * 3);
      }),
      { numRuns: 30 },
    );
  }, 30_000);
});

describe('what a prompt asks for', () => {
  it('shows in the light', () => {
    const night = meanOf(paint({ prompt: 'mountains at night' }), 0, task.height);
    const noon = meanOf(paint({ prompt: 'mountains at noon' }), 0, task.height);
    const sunset = meanOf(paint({ prompt: 'mountains at sunset' }), 0, task.height / 2);

    expect(noon[1]).toBeGreaterThan(night[1] * 2);
    expect(noon[2]).toBeGreaterThan(noon[0]);
    expect(sunset[0]).toBeGreaterThan(sunset[2] * 1.2);
  });

  it('shows in the ground', () => {
    const lower = [Math.round(task.height * 0.75), task.height] as const;
    const desert = meanOf(paint({ prompt: 'desert at noon' }), ...lower);
    const sea = meanOf(paint({ prompt: 'sea at noon' }), ...lower);
    const snow = meanOf(paint({ prompt: 'snowy hills at noon' }), ...lower);

    expect(desert[0]).toBeGreaterThan(desert[2] * 1.3);
    expect(sea[2]).toBeGreaterThan(sea[0] * 1.2);
    expect(Math.min(...snow)).toBeGreaterThan(170);
  });

  it('shows in colours', () => {
    const red = meanOf(paint({ prompt: 'abstract red' }), 0, task.height);
    const green = meanOf(paint({ prompt: 'abstract green' }), 0, task.height);

    expect(red[0]).toBeGreaterThan(red[1]);
    expect(green[1]).toBeGreaterThan(green[0]);
  });

  it('shows in the mirror of a lake', () => {
    const data = paint({ prompt: 'a mountain lake at noon', width: 160, height: 160 });
    const brightness = (x: number, y: number) => data[(y * 160 + x) * 3 + 1] as number;
    const horizon = Math.round(160 * 0.58);
    const differences = Array.from({ length: 160 }, (_, x) =>
      Math.abs(brightness(x, horizon - 55) - brightness(x, horizon + 55)),
    );

    expect(differences.reduce((sum, value) => sum + value, 0) / 160).toBeLessThan(60);
  });

  it('gets bolder with the guidance scale', () => {
    const spread = (guidanceScale: number) => {
      const data = paint({ guidanceScale });
      const [red, , blue] = meanOf(data, 0, task.height / 2);
      return red - blue;
    };

    expect(spread(20)).toBeGreaterThan(spread(7.5));
    expect(spread(7.5)).toBeGreaterThan(spread(1));
  });
});

describe('the control', () => {
  it('can stop the painting at any point', () => {
    let calls = 0;
    paintPicture(task, [], { ...control, checkpoint: () => calls++ });
    const last = calls;
    for (const stopAt of [1, Math.floor(last / 2), last]) {
      let seen = 0;
      const checkpoint = () => {
        seen += 1;
        if (seen === stopAt) throw new Error('stop');
      };
      expect(() => paintPicture(task, [], { ...control, checkpoint })).toThrow('stop');
    }
  });

  it('hears of progress that only grows', () => {
    const progress: number[] = [];
    paintPicture(task, [], { ...control, onProgress: (fraction) => progress.push(fraction) });

    expect(progress.length).toBeGreaterThan(5);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });
});

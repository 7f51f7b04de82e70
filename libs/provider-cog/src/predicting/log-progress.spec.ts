import { expect, it } from 'vitest';
import { fractionIn } from './log-progress.js';

it.each([
  ['  0%|          | 0/20 [00:00<?]', 0],
  [' 45%|████▌     | 9/20\r 50%|█████     | 10/20', 0.5],
  ['100%|██████████| 20/20', 1],
  ['Loading weights, 3 of 7', undefined],
  ['quality: 90%', undefined],
])('reads %j as %s', (log, fraction) => {
  expect(fractionIn(log)).toBe(fraction);
});

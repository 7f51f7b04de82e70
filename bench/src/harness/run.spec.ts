import { describe, expect, it } from 'vitest';
import { compare } from './run.js';

const rounds = [
  new Map([
    ['ours', { rate: 60 }],
    ['floor', { rate: 100 }],
  ]),
  // The machine was busy: both variants of the round suffered.
  new Map([
    ['ours', { rate: 14 }],
    ['floor', { rate: 20 }],
  ]),
  new Map([
    ['ours', { rate: 80 }],
    ['floor', { rate: 100 }],
  ]),
];
const of = { variant: 'ours', figure: 'rate' };
const to = { variant: 'floor', figure: 'rate' };

describe('compare', () => {
  it('takes the median of the ratios within rounds, and tells their spread', () => {
    const result = compare({ what: 'ours / floor', of, to, target: { atLeast: 0.7 } }, rounds);
    expect(result).toMatchObject({ median: 0.7, least: 0.6, most: 0.8, met: true });
  });

  it('misses a target it does not reach, in either direction', () => {
    expect(compare({ what: '', of, to, target: { atLeast: 0.71 } }, rounds).met).toBe(false);
    expect(compare({ what: '', of, to, target: { atMost: 0.69 } }, rounds).met).toBe(false);
    expect(compare({ what: '', of, to, target: { atMost: 0.7 } }, rounds).met).toBe(true);
  });

  it('has no verdict without a target', () => {
    expect(compare({ what: '', of, to }, rounds).met).toBeUndefined();
  });

  it('refuses a figure nobody measured', () => {
    const missing = { variant: 'ours', figure: 'p99' };
    expect(() => compare({ what: '', of: missing, to }, rounds)).toThrow('no figure "p99"');
  });
});

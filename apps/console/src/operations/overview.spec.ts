import { describe, expect, it } from 'vitest';
import { type Consumer, formatRate, formatRatio, laggards } from './overview.ts';

const consumer = (name: string, state: Consumer['state'], secondsBehind: number): Consumer => ({
  consumer: name,
  state,
  position: '1',
  eventsBehind: 0,
  secondsBehind,
  parkedStreams: 0,
});

describe('consumers', () => {
  it('that are behind come with the furthest first', () => {
    const all = [
      consumer('journal', 'current', 0),
      consumer('lots', 'behind', 2),
      consumer('settlement', 'behind', 9),
    ];
    expect(laggards(all).map(({ consumer: name }) => name)).toEqual(['settlement', 'lots']);
  });
});

describe('figures of the overview', () => {
  it('are rates with a digit only where it tells something', () => {
    expect([0, 0.25, 9.64, 104.2].map(formatRate)).toEqual(['0', '0.3', '9.6', '104']);
  });

  it('are parts of which only all is everything', () => {
    expect(formatRatio(0.99999)).toBe('99.9\u202f%');
    expect(formatRatio(1)).toBe('100.0\u202f%');
    expect(formatRatio(null)).toBe('–');
  });
});

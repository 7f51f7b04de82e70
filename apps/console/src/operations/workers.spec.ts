import { describe, expect, it } from 'vitest';
import { fits } from './workers.ts';

describe('a worker', () => {
  const worker = { state: 'active', models: ['landscape-1'] } as const;

  it('fits when nothing is asked for', () => {
    expect(fits(worker, {})).toBe(true);
  });

  it('fits a state and a model that it serves', () => {
    expect(fits(worker, { state: 'active', model: 'landscape-1' })).toBe(true);
    expect(fits(worker, { state: 'gone' })).toBe(false);
    expect(fits(worker, { model: 'portrait-2' })).toBe(false);
  });

  it('that names no models serves all', () => {
    expect(fits({ state: 'active', models: null }, { model: 'portrait-2' })).toBe(true);
  });
});

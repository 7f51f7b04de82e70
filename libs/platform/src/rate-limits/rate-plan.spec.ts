import { describe, expect, it } from 'vitest';
import { loadRatePlan, parseRatePlan } from './rate-plan.js';

const file = (more: string) => `version: "1"\ntiers: { base: { times: 1 } }\n${more}`;

describe('the built-in plan', () => {
  it('has the published tiers and limits', () => {
    const plan = loadRatePlan();

    expect([...plan.tiers]).toEqual([
      ['base', 1],
      ['scale', 2],
      ['volume', 4],
    ]);
    expect(plan.shares.get('base')).toEqual({ weight: 1, priority: 0 });
    expect(plan.shares.get('volume')).toEqual({ weight: 4, priority: 1 });
    expect(plan.defaultTier).toBe('base');
    expect(plan.dialects.get('xavira')).toEqual({ images: 60, video: 5, polling: null });
  });
});

describe('a file', () => {
  it('takes the first tier for the default one, and may leave limits out', () => {
    const plan = parseRatePlan('version: "7"\ntiers: { free: { times: 1 }, paid: { times: 9 } }');

    expect(plan).toMatchObject({ version: '7', defaultTier: 'free', key: {}, tenant: {} });
  });

  it.each([
    ['tiers: { base: { times: 0 } }\nversion: "1"', 'tiers.base.times must be a whole number'],
    ['tiers: { base: { times: 1, weight: 2 } }\nversion: "1"', 'the default tier has weight 1'],
    ['tiers: {}\nversion: "1"', 'tiers must have an entry'],
    ['version: "1"', 'tiers must be a mapping'],
    ['tiers: { Base: { times: 1 } }\nversion: "1"', 'tiers.Base: the name must match'],
    [file('key: { pictures: 5 }'), 'key.pictures is not a field: use images, video, polling'],
    [file('tenant: { images: 0 }'), 'tenant.images must be a whole number from 1'],
    [file('tenant: { images: none }'), 'tenant.images must be a whole number from 1'],
    [file('dialects: { xavira: 5 }'), 'dialects.xavira must be a mapping'],
    [file('windows: 60'), 'windows is not a field'],
    ['{', 'Flow map must end'],
  ])('is refused: %s', (yaml, reason) => {
    expect(() => parseRatePlan(yaml)).toThrow(reason);
  });

  it('that is not there is named', () => {
    expect(() => loadRatePlan('/nowhere/limits.yaml')).toThrow('/nowhere/limits.yaml');
  });
});

import type { Principal } from '@imprest/application';
import { describe, expect, it } from 'vitest';
import { limitsOfRequest } from './limits-of-request.js';
import { loadRatePlan, parseRatePlan } from './rate-plan.js';

const plan = loadRatePlan();
const key = (more: Partial<Principal> = {}): Principal => ({
  apiKeyId: 'k1',
  tenantId: 'studio',
  scopes: new Set(),
  models: null,
  expiresAt: null,
  requestsPerMinute: 500,
  tier: null,
  ...more,
});
const limits = (...args: Parameters<typeof limitsOfRequest>) =>
  Object.fromEntries(limitsOfRequest(...args).map(({ counter, limit }) => [counter, limit]));

describe('what a request counts against', () => {
  it('is the limit of its key and that of its tenant', () => {
    expect(limits(plan, key(), 'images', 'xmode')).toEqual({
      'key:k1:images': 500,
      'tenant:studio:images': 1_000_000,
    });
  });

  it.each([
    [null, 1],
    ['base', 1],
    ['scale', 2],
    ['volume', 4],
    ['withdrawn', 1],
  ])('grows with the tier %s by %i', (tier, times) => {
    expect(limits(plan, key({ tier }), 'images', 'xmode')).toEqual({
      'key:k1:images': 500 * times,
      'tenant:studio:images': 1_000_000 * times,
    });
    expect(limits(plan, key({ tier }), 'video', 'xavira')).toMatchObject({
      'key:k1:xavira:video': 5 * times,
    });
  });

  it('is what a dialect publishes, counted apart, and never more than the key may', () => {
    expect(limits(plan, key(), 'images', 'xavira')).toMatchObject({ 'key:k1:xavira:images': 60 });
    expect(limits(plan, key({ requestsPerMinute: 7 }), 'images', 'xavira')).toMatchObject({
      'key:k1:xavira:images': 7,
    });
  });

  it('has no limit of the key where a dialect publishes none', () => {
    expect(Object.keys(limits(plan, key(), 'polling', 'xavira'))).toEqual([
      'tenant:studio:polling',
    ]);
  });

  it('may leave the tenant out', () => {
    const bare = parseRatePlan('version: "1"\ntiers: { base: { times: 1 } }');
    expect(limits(bare, key(), 'images', 'xmode')).toEqual({ 'key:k1:images': 500 });
  });

  it('fails closed for whatever makes something, and lets polling be counted here', () => {
    const uncounted = (bucket: 'images' | 'video' | 'polling') =>
      new Set(limitsOfRequest(plan, key(), bucket, 'xmode').map((limit) => limit.uncounted));

    expect([...uncounted('images'), ...uncounted('video')]).toEqual(['refuse', 'refuse']);
    expect([...uncounted('polling')]).toEqual(['countHere']);
  });
});

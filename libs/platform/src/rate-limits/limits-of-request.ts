import type { Principal, RateLimit } from '@imprest/application';
import type { RateBucket } from '../http/access.js';
import type { RatePlan } from './rate-plan.js';

/** The least of the limits that are set; null when none is. */
function least(...limits: readonly (number | null | undefined)[]): number | null {
  const set = limits.filter((limit) => limit !== null && limit !== undefined);
  return set.length === 0 ? null : Math.min(...set);
}

/**
 * What a request of a key counts against: the key's own limit, narrowed by what its dialect publishes, and
 * the tenant's. Both grow with the tenant's tier.
 */
export function limitsOfRequest(
  plan: RatePlan,
  principal: Principal,
  bucket: RateBucket,
  dialect: string,
): readonly RateLimit[] {
  const { apiKeyId, tenantId, tier, requestsPerMinute } = principal;
  const times = plan.tiers.get(tier ?? plan.defaultTier) ?? plan.tiers.get(plan.defaultTier) ?? 1;
  const published = plan.dialects.get(dialect)?.[bucket];
  const ofKey = published === null ? null : least(requestsPerMinute, plan.key[bucket], published);
  const ofTenant = least(plan.tenant[bucket]);
  const apart = published === undefined ? bucket : `${dialect}:${bucket}`;
  // Whoever waits for work under way must not lose sight of it because nobody can count.
  const uncounted = bucket === 'polling' ? 'countHere' : 'refuse';
  const limits: RateLimit[] = [];
  if (ofKey !== null) {
    const counter = `key:${apiKeyId}:${apart}`;
    limits.push({ name: 'key', counter, limit: ofKey * times, uncounted });
  }
  if (ofTenant !== null) {
    const counter = `tenant:${tenantId}:${bucket}`;
    limits.push({ name: 'tenant', counter, limit: ofTenant * times, uncounted });
  }
  return limits;
}

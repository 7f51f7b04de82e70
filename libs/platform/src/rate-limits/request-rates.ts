import type { Principal, RateLimit, RateLimits, RateVerdict } from '@imprest/application';
import type { RateBucket } from '../http/access.js';
import { limitsOfRequest } from './limits-of-request.js';
import type { RatePlan } from './rate-plan.js';

/** Takes requests of keys from the limits that the plan has for them. */
export class RequestRates {
  /** A principal is the same object for as long as nothing about its key or tenant changes. */
  private readonly known = new WeakMap<Principal, Map<string, readonly RateLimit[]>>();

  constructor(
    private readonly limits: RateLimits,
    readonly plan: RatePlan,
  ) {}

  /** @throws RateLimitsUnavailable */
  take(
    principal: Principal,
    bucket: RateBucket,
    dialect: string,
  ): RateVerdict | Promise<RateVerdict> {
    let ofPrincipal = this.known.get(principal);
    if (ofPrincipal === undefined) {
      ofPrincipal = new Map();
      this.known.set(principal, ofPrincipal);
    }
    const name = `${dialect}:${bucket}`;
    let limits = ofPrincipal.get(name);
    if (limits === undefined) {
      limits = limitsOfRequest(this.plan, principal, bucket, dialect);
      ofPrincipal.set(name, limits);
    }
    return this.limits.take(limits);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../ports/clock.js';
import type { IdentityStore } from '../ports/identity-store.js';
import { CLOCK, IDENTITY_STORE } from '../ports/tokens.js';
import { tooMany } from './too-many.js';

const HOUR_MS = 60 * 60_000;

/** What is handed out, how much of it, and in which time from the first one. */
const limits = {
  /** Of a tenant: those withdrawn count too, so that nobody writes to its record without end. */
  invitations: { most: 200, windowMs: 24 * HOUR_MS, rule: 'a tenant makes 200 invitations a day' },
  /** For a user, of which the latest alone works. */
  links: { most: 20, windowMs: HOUR_MS, rule: 'a user gets 20 sign-in links an hour' },
} as const;

/** How many invitations and links there may be in a time, counted over all processes. */
@Injectable()
export class IssueLimits {
  constructor(
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param of id of the tenant or the user @throws DomainFailure rate_limited */
  async demand(issued: keyof typeof limits, of: string): Promise<void> {
    const { most, windowMs, rule } = limits[issued];
    const now = this.clock.now();
    const until = await this.store.tries.take(`${issued}:${of}`, most, windowMs, now);
    if (until !== undefined) throw tooMany(`${rule} at most`, until, now);
  }
}

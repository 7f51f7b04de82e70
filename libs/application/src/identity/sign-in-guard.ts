import { Inject, Injectable } from '@nestjs/common';
import type { DomainFailure } from '../domain-failure.js';
import { keyedFingerprint } from '../keyed-fingerprint.js';
import type { Clock } from '../ports/clock.js';
import type { IdentityStore } from '../ports/identity-store.js';
import { CLOCK, IDENTITY_STORE, SECRETS } from '../ports/tokens.js';
import type { Secrets } from '../secrets.js';
import { tooMany } from './too-many.js';

const MINUTE_MS = 60_000;

/** What is tried, how often it may be, and in which time from the first try. */
const limits = {
  /** Passwords of one account, whoever tries. */
  account: { tries: 10, windowMs: 15 * MINUTE_MS },
  /** Codes of one account's second factor. */
  code: { tries: 10, windowMs: 15 * MINUTE_MS },
  /** From one address: many accounts, links and invitations. Behind a proxy all people share one. */
  address: { tries: 100, windowMs: 15 * MINUTE_MS },
  /** Accounts made from one address. */
  signUp: { tries: 20, windowMs: 60 * MINUTE_MS },
} as const;

type Tried = keyof typeof limits;

/** Nobody may guess for long. Counted over all processes, before what is costly is done. */
@Injectable()
export class SignInGuard {
  constructor(
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns when the lock ends, undefined while there is none */
  take(tried: Tried, of: string): Promise<Date | undefined> {
    const { tries, windowMs } = limits[tried];
    return this.store.tries.take(this.counter(tried, of), tries, windowMs, this.clock.now());
  }

  /** @throws DomainFailure rate_limited */
  async demand(tried: Tried, of: string): Promise<void> {
    const until = await this.take(tried, of);
    if (until !== undefined) throw this.tooMany(until);
  }

  /** After a success. */
  forget(tried: Tried, of: string): Promise<void> {
    return this.store.tries.clear(this.counter(tried, of));
  }

  tooMany(until: Date): DomainFailure {
    return tooMany('too many tries', until, this.clock.now());
  }

  /** Says nothing of the address or the account to whoever reads the store. */
  private counter(tried: Tried, of: string): string {
    return `${tried}:${keyedFingerprint(this.secrets, ['tries', tried, of])}`;
  }
}

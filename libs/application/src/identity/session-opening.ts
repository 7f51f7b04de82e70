import { domainError, type SignInMethod } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { Origin } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { userStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { Clock } from '../ports/clock.js';
import type { IdentityStore, StoredUser } from '../ports/identity-store.js';
import { CLOCK, IDENTITY_STORE } from '../ports/tokens.js';
import { browserName } from './browser-name.js';
import { ConsoleSessions } from './console-sessions.js';
import { asUser, decideUser } from './deciding-users.js';
import { networkOf } from './network-of.js';
import {
  SECOND_FACTOR_MS,
  SESSION_IDLE_MS,
  SESSION_MS,
  SESSIONS_PER_USER,
} from './session-lives.js';
import { newToken, tokenHash } from './session-tokens.js';

export interface OpenedSession {
  /** For the cookie; the store knows its hash alone. */
  readonly token: string;
  readonly endsAt: Date;
  readonly secondFactorPending: boolean;
}

/** Of the browser that signs in. */
export interface Visit extends Origin {
  /** Network address, to count tries by. */
  readonly address: string;
  /** What the browser calls itself. */
  readonly userAgent?: string;
  /** Of the session that the browser has so far; it ends with the next one. */
  readonly token?: string;
}

export const hasSecondFactor = ({ secondFactor }: StoredUser) => secondFactor?.confirmed === true;

const SWEEP_MS = 60 * 60_000;

/** Opens sessions, each under a token that nobody has seen before. */
@Injectable()
export class SessionOpening {
  private sweptAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly runner: DeciderRunner,
    private readonly sessions: ConsoleSessions,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A user with a second factor gets a session that waits for it, whatever the way in, unless it was shown here or at
   * a provider that is believed. @throws DomainFailure forbidden when the user is disabled
   */
  async open(
    user: StoredUser,
    method: SignInMethod,
    visit: Visit,
    secondFactorShown = false,
  ): Promise<OpenedSession> {
    const { userId } = user;
    const pending = hasSecondFactor(user) && !secondFactorShown;
    if (pending) await this.demandEnabled(userId);
    else {
      const command = { type: 'SignIn', method, secondFactor: secondFactorShown } as const;
      await decideUser(this.runner, userId, command, asUser(visit, userId));
    }
    return this.replace(userId, method, pending, visit);
  }

  /** The same person goes on under another token: what was known of the old one is worth nothing. */
  async replace(
    userId: string,
    method: SignInMethod,
    secondFactorPending: boolean,
    { token: previousToken, address, userAgent }: Visit,
  ): Promise<OpenedSession> {
    const openedAt = this.clock.now();
    const after = (ms: number) => new Date(openedAt.getTime() + ms);
    const endsAt = after(secondFactorPending ? SECOND_FACTOR_MS : SESSION_MS);
    const idleEndsAt = after(secondFactorPending ? SECOND_FACTOR_MS : SESSION_IDLE_MS);
    const token = newToken();
    if (previousToken !== undefined) await this.end(previousToken);
    await this.store.sessions.open(
      {
        tokenHash: tokenHash(token),
        userId,
        method,
        openedAt,
        seenAt: openedAt,
        idleEndsAt,
        endsAt,
        secondFactorPending,
        browser: browserName(userAgent),
        network: networkOf(address),
      },
      SESSIONS_PER_USER,
    );
    await this.sweep(openedAt);
    return { token, endsAt, secondFactorPending };
  }

  /** Safe to repeat. */
  async end(token: string): Promise<void> {
    await this.store.sessions.end(tokenHash(token));
    this.sessions.forgetAll();
  }

  /** @throws DomainFailure forbidden when the user is disabled */
  async demandEnabled(userId: string): Promise<void> {
    const disabled = await this.runner.read(userStream, userId, (state) => state.disabled);
    if (disabled) throw new DomainFailure(domainError('forbidden', 'the account is disabled'));
  }

  /** Seldom enough to cost nothing, often enough that nothing piles up. */
  private async sweep(now: Date): Promise<void> {
    if (now.getTime() - this.sweptAtMs < SWEEP_MS) return;
    this.sweptAtMs = now.getTime();
    await this.store.sweep(now);
  }
}

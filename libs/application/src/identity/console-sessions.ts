import { Inject, Injectable } from '@nestjs/common';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { userStream } from '../deciding/stream-types.js';
import type { Clock } from '../ports/clock.js';
import type { IdentityStore, StoredSession } from '../ports/identity-store.js';
import { CLOCK, IDENTITY_STORE } from '../ports/tokens.js';
import { Memberships } from './memberships.js';
import type { Session } from './session.js';
import { SESSION_IDLE_MS } from './session-lives.js';
import { csrfTokenOf, isToken, tokenHash } from './session-tokens.js';

const FRESH_MS = 3_000;
const TOUCH_AFTER_MS = 60_000;
const CAPACITY = 10_000;

interface CachedSession {
  readonly session: Session;
  readonly readAtMs: number;
  readonly endsAtMs: number;
}

/**
 * Finds out who is behind the cookie of the console. Known sessions are answered from memory for FRESH_MS:
 * so late at most is felt what another process did to a session, a user or a membership.
 */
@Injectable()
export class ConsoleSessions {
  private readonly cache = new Map<string, CachedSession>();

  constructor(
    private readonly runner: DeciderRunner,
    private readonly memberships: Memberships,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Undefined for a token that is unknown or over, and for a user who is disabled. */
  async of(token: string): Promise<Session | undefined> {
    if (!isToken(token)) return undefined;
    const hash = tokenHash(token);
    const nowMs = this.clock.now().getTime();
    const cached = this.cache.get(hash);
    if (cached !== undefined) {
      const { session, readAtMs, endsAtMs } = cached;
      if (nowMs - readAtMs < FRESH_MS && nowMs < endsAtMs) return session;
      this.cache.delete(hash);
    }
    return this.load(token, hash);
  }

  /** After a session, a user or a membership was changed here, so that it is felt here at once. */
  forgetAll(): void {
    this.cache.clear();
  }

  /**
   * Ends the sessions of a person, all of them or all but one, and the links that sign in.
   * @param except hash of the token of the one that goes on
   */
  async endAll(userId: string, except: string | null = null): Promise<void> {
    await this.store.sessions.endAll(userId, except);
    await this.store.links.removeOf(userId);
    this.forgetAll();
  }

  private async load(token: string, hash: string): Promise<Session | undefined> {
    const now = this.clock.now();
    const stored = await this.store.sessions.find(hash, now);
    if (stored === undefined) return undefined;
    const { userId, secondFactorPending } = stored;
    const [user, state, memberships] = await Promise.all([
      this.store.users.byIds([userId]).then((users) => users.get(userId)),
      this.runner.read(userStream, userId, (current) => ({ ...current })),
      this.memberships.of(userId),
    ]);
    if (user === undefined || !state.registered || state.disabled) return undefined;
    await this.touch(stored, now);
    const session = {
      userId,
      email: user.email,
      operatorRoles: state.operatorRoles,
      memberships,
      csrfToken: csrfTokenOf(token),
      secondFactorPending,
    };
    if (this.cache.size >= CAPACITY) this.cache.clear();
    const endsAtMs = Math.min(stored.endsAt.getTime(), stored.idleEndsAt.getTime());
    this.cache.set(hash, { session, readAtMs: now.getTime(), endsAtMs });
    return session;
  }

  /** A session that waits for its second factor is not kept alive by asking. */
  private async touch(session: StoredSession, now: Date): Promise<void> {
    if (session.secondFactorPending) return;
    if (now.getTime() - session.seenAt.getTime() < TOUCH_AFTER_MS) return;
    const idleEndsAt = new Date(now.getTime() + SESSION_IDLE_MS);
    await this.store.sessions.touch(session.tokenHash, now, idleEndsAt);
  }
}

import { domainError, type SignInMethod } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { DomainFailure } from '../domain-failure.js';
import type { Clock } from '../ports/clock.js';
import type { IdentityStore, StoredSession } from '../ports/identity-store.js';
import { CLOCK, IDENTITY_STORE } from '../ports/tokens.js';
import { ConsoleSessions } from './console-sessions.js';
import { asUser, decideUser } from './deciding-users.js';
import { SessionOpening, type Visit } from './session-opening.js';
import { demandSignedIn, type SignedIn } from './signed-in.js';

/** A session as its owner sees it: enough to tell whether it is one's own. */
export interface ShownSession {
  readonly id: string;
  /** Whether it is the one that asks. */
  readonly current: boolean;
  readonly method: SignInMethod;
  readonly browser: string | null;
  readonly network: string | null;
  readonly openedAt: Date;
  /** To the minute. */
  readonly seenAt: Date;
  /** Unless it is used before. */
  readonly endsAt: Date;
  /** Somebody had the password, or a link, and has not shown the second factor. */
  readonly secondFactorPending: boolean;
}

const ID_DIGITS = 32;

/** A part of what the store knows a token by, of letters that ids in paths have: says nothing of the token, and opens nothing. */
const sessionIdOf = ({ tokenHash }: StoredSession) =>
  `ses_${Buffer.from(tokenHash, 'base64url').toString('hex').slice(0, ID_DIGITS)}`;

/** What people do about the sessions that are theirs. */
@Injectable()
export class OwnSessions {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly opening: SessionOpening,
    private readonly sessions: ConsoleSessions,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The latest use first. @throws DomainFailure unauthorized */
  async list(visit: Visit): Promise<readonly ShownSession[]> {
    const own = await this.own(visit);
    return (await this.all(own)).map((session) => shown(session, own.session));
  }

  /** @throws DomainFailure unauthorized, not_found for one that is over or somebody else's */
  async end(sessionId: string, visit: Visit): Promise<void> {
    const own = await this.own(visit);
    const session = (await this.all(own)).find((each) => sessionIdOf(each) === sessionId);
    if (session === undefined) {
      throw new DomainFailure(domainError('not_found', `you have no session ${sessionId}`));
    }
    await this.store.sessions.end(session.tokenHash);
    this.sessions.forgetAll();
  }

  /** All but the one that asks, and the links that sign in. @throws DomainFailure unauthorized */
  async endOthers(visit: Visit): Promise<void> {
    const { session, user } = await this.own(visit);
    await this.record(user.userId, 'asked for by the user, but for the session in use', visit);
    await this.sessions.endAll(user.userId, session.tokenHash);
  }

  /** @throws DomainFailure unauthorized */
  async endAll(visit: Visit): Promise<void> {
    const { user } = await this.own(visit);
    await this.record(user.userId, 'asked for by the user', visit);
    await this.sessions.endAll(user.userId);
  }

  /** Signs out here. Safe to repeat, and open to who has a second factor still to show. */
  async endThis({ token }: Pick<Visit, 'token'>): Promise<void> {
    if (token !== undefined) await this.opening.end(token);
  }

  private own(visit: Visit): Promise<SignedIn> {
    return demandSignedIn(this.store, visit, this.clock.now());
  }

  private all({ user }: SignedIn): Promise<readonly StoredSession[]> {
    return this.store.sessions.of(user.userId, this.clock.now());
  }

  private record(userId: string, reason: string, visit: Visit): Promise<void> {
    const command = { type: 'EndSessions', reason } as const;
    return decideUser(this.runner, userId, command, asUser(visit, userId));
  }
}

function shown(session: StoredSession, { tokenHash }: StoredSession): ShownSession {
  const { method, browser, network, openedAt, seenAt, idleEndsAt, endsAt } = session;
  return {
    id: sessionIdOf(session),
    current: session.tokenHash === tokenHash,
    ...{ method, browser, network, openedAt, seenAt },
    endsAt: idleEndsAt < endsAt ? idleEndsAt : endsAt,
    secondFactorPending: session.secondFactorPending,
  };
}

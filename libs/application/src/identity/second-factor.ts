import { domainError, validationError } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { sealText, unsealText } from '../confidential/index.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { DomainFailure } from '../domain-failure.js';
import type { Clock } from '../ports/clock.js';
import type { DataKeys } from '../ports/data-keys.js';
import type { IdentityStore, StoredSession, StoredUser } from '../ports/identity-store.js';
import type { TimeCodes } from '../ports/time-codes.js';
import { CLOCK, DATA_KEYS, IDENTITY_STORE, TIME_CODES } from '../ports/tokens.js';
import { ConsoleSessions } from './console-sessions.js';
import { asUser, decideUser } from './deciding-users.js';
import {
  hasSecondFactor,
  type OpenedSession,
  SessionOpening,
  type Visit,
} from './session-opening.js';
import { tokenHash } from './session-tokens.js';
import { SignInGuard } from './sign-in-guard.js';
import { demandFresh, demandSignedIn, type SignedIn } from './signed-in.js';
import { SigningIn } from './signing-in.js';

const ISSUER = 'Imprest';
const WRONG_CODE = validationError('code', 'is wrong, over or used already');
const NOT_PENDING = domainError('unauthorized', 'sign in with your password first');
const WRONG_PASSWORD = validationError('password', 'must be the one of your account');
const NONE_TO_REMOVE = domainError('conflict', 'you have no second factor');

const NOT_ONESELF = domainError(
  'conflict',
  'remove your own second factor on the page Account, with a code of it',
);

const sealedFor = (userId: string) => `user-${userId}/totp`;

export interface NewSecondFactor {
  /** Base 32, shown this once. */
  readonly secret: string;
  /** The same as a URI, for a QR code. */
  readonly uri: string;
}

/** Codes of an authenticator app, asked for after the password. */
@Injectable()
export class SecondFactor {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly guard: SignInGuard,
    private readonly signingIn: SigningIn,
    private readonly opening: SessionOpening,
    private readonly sessions: ConsoleSessions,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(TIME_CODES) private readonly codes: TimeCodes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Asked for only once `confirm` has seen a code of it. A session that was found open must not be enough to lock its
   * owner out: the password is wanted, or of who has none that they have just signed in.
   * @throws DomainFailure conflict, unauthorized, validation_error, forbidden, rate_limited
   */
  async begin(password: string | undefined, visit: Visit): Promise<NewSecondFactor> {
    const { session, user } = await this.own(visit);
    const { userId } = user;
    if (user.secondFactor?.confirmed === true) {
      throw new DomainFailure(domainError('conflict', 'remove the second factor that you have'));
    }
    await this.demandOwner(user, session, password, visit);
    const secret = this.codes.newSecret();
    const key = await this.dataKeys.take();
    const sealed = sealText(key, secret, sealedFor(userId));
    const secondFactor = { sealed, dataKeyId: key.id, confirmed: false };
    await this.store.users.setSecondFactor(userId, secondFactor);
    await this.destroyKey(user);
    return { secret, uri: this.codes.uri(secret, user.email, ISSUER) };
  }

  /**
   * All sessions of before end, as no code was asked for to open them; the one that asks goes on under a new token.
   * @throws DomainFailure unauthorized, validation_error, conflict, rate_limited
   */
  async confirm(code: string, visit: Visit): Promise<OpenedSession> {
    const { session, user } = await this.own(visit);
    const { userId } = user;
    if (user.secondFactor === null) {
      throw new DomainFailure(domainError('conflict', 'begin with a new second factor'));
    }
    await this.take(user, code);
    const enable = { type: 'EnableSecondFactor', kind: 'totp' } as const;
    await decideUser(this.runner, userId, enable, asUser(visit, userId));
    await this.store.users.setSecondFactor(userId, { ...user.secondFactor, confirmed: true });
    await this.sessions.endAll(userId, session.tokenHash);
    return this.goOn(user, session, visit);
  }

  /**
   * By its owner, who shows a last code. All other sessions end; the one that asks goes on under a new token. Without a
   * code nothing of it is renewed: a session that was found open would never end.
   * @throws DomainFailure unauthorized, conflict, validation_error, rate_limited
   */
  async remove(code: string, visit: Visit): Promise<OpenedSession> {
    const { session, user } = await this.own(visit);
    const { userId } = user;
    if (!hasSecondFactor(user)) throw new DomainFailure(NONE_TO_REMOVE);
    await this.take(user, code);
    await this.drop(user, 'removed by the user', asUser(visit, userId));
    await this.sessions.endAll(userId, session.tokenHash);
    return this.goOn(user, session, visit);
  }

  /**
   * By an operator, for somebody who has lost it: all sessions and links end. Nobody gets around the last code of their
   * own that way. Safe to repeat. @throws DomainFailure not_found, conflict
   */
  async removeFor(userId: string, reason: string, context: CommandContext): Promise<void> {
    if (context.actor.id === userId) throw new DomainFailure(NOT_ONESELF);
    await this.drop(await this.user(userId), reason, context);
    await this.sessions.endAll(userId);
  }

  /** The second step of signing in. @throws DomainFailure unauthorized, validation_error, rate_limited */
  async show(code: string, visit: Visit): Promise<OpenedSession> {
    const { token = '' } = visit;
    const session = await this.store.sessions.find(tokenHash(token), this.clock.now());
    if (session?.secondFactorPending !== true) throw new DomainFailure(NOT_PENDING);
    const user = await this.user(session.userId);
    await this.take(user, code);
    return this.opening.open(user, session.method, visit, true);
  }

  /** A code counts once, whoever saw it being typed. */
  private async take(user: StoredUser, code: string): Promise<void> {
    await this.guard.demand('code', user.userId);
    const { userId, secondFactor } = user;
    if (secondFactor === null) throw new DomainFailure(WRONG_CODE);
    const key = (await this.dataKeys.open([secondFactor.dataKeyId])).get(secondFactor.dataKeyId);
    if (key === undefined) throw new DomainFailure(WRONG_CODE);
    const secret = unsealText(key, secondFactor.sealed, sealedFor(userId));
    const step = this.codes.stepOf(secret, code, this.clock.now());
    const isGood = step !== undefined && (await this.store.users.takeTimeStep(userId, step));
    if (!isGood) throw new DomainFailure(WRONG_CODE);
    await this.guard.forget('code', userId);
  }

  private async destroyKey({ secondFactor }: StoredUser): Promise<void> {
    if (secondFactor !== null) await this.dataKeys.destroy([secondFactor.dataKeyId]);
  }

  /** @throws DomainFailure validation_error, forbidden, rate_limited */
  private async demandOwner(
    user: StoredUser,
    session: StoredSession,
    password: string | undefined,
    visit: Visit,
  ): Promise<void> {
    if (user.passwordHash !== null) {
      if (password === undefined) throw new DomainFailure(WRONG_PASSWORD);
      return this.signingIn.proveAgain(user, password, WRONG_PASSWORD, visit);
    }
    demandFresh(session, this.clock.now());
  }

  private async drop(user: StoredUser, reason: string, context: CommandContext): Promise<void> {
    const { userId } = user;
    await decideUser(this.runner, userId, { type: 'RemoveSecondFactor', reason }, context);
    await this.store.users.setSecondFactor(userId, null);
    await this.destroyKey(user);
  }

  /** Whoever has a password came by it from then on: a link counts as one right after it was used, and not again. */
  private goOn(
    { userId, passwordHash }: StoredUser,
    { method }: StoredSession,
    visit: Visit,
  ): Promise<OpenedSession> {
    return this.opening.replace(userId, passwordHash === null ? method : 'password', false, visit);
  }

  private own(visit: Visit): Promise<SignedIn> {
    return demandSignedIn(this.store, visit, this.clock.now());
  }

  private async user(userId: string): Promise<StoredUser> {
    const user = (await this.store.users.byIds([userId])).get(userId);
    if (user !== undefined) return user;
    throw new DomainFailure(domainError('not_found', `there is no user ${userId}`));
  }
}

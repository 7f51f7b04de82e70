import { type DomainError, domainError } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext, Origin } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { userStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { Clock } from '../ports/clock.js';
import type { ProvidedAccount } from '../ports/identity-provider.js';
import type { IdentityStore, StoredUser } from '../ports/identity-store.js';
import { CLOCK, IDENTITY_STORE } from '../ports/tokens.js';
import { decideUser } from './deciding-users.js';
import { foldEmail } from './email.js';
import { NO_SUCH_LINK } from './one-time-links.js';
import { Passwords } from './passwords.js';
import { type OpenedSession, SessionOpening, type Visit } from './session-opening.js';
import { tokenHash } from './session-tokens.js';
import { SignInGuard } from './sign-in-guard.js';

/** One answer for whatever was wrong: it must not tell which addresses have an account. */
const WRONG: DomainError = domainError('unauthorized', 'no account has this e-mail and password');

const NO_ACCOUNT = domainError(
  'forbidden',
  'nobody has an account under this e-mail: ask the owner of your tenant for an invitation',
);

const OWN_PASSWORD = domainError(
  'forbidden',
  'the account under this e-mail was made with a password: sign in with that',
);

const asGuard = ({ correlationId, traceparent }: Origin): CommandContext => ({
  correlationId,
  causationId: correlationId,
  actor: { kind: 'system', id: 'sign-in guard' },
  traceparent,
});

/** The ways into the console. */
@Injectable()
export class SigningIn {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly passwords: Passwords,
    private readonly guard: SignInGuard,
    private readonly opening: SessionOpening,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainFailure unauthorized, forbidden, rate_limited */
  async byPassword(email: string, password: string, visit: Visit): Promise<OpenedSession> {
    const user = await this.prove(email, password, visit);
    return this.opening.open(user, 'password', visit);
  }

  /** A link signs in once. @throws DomainFailure not_found, forbidden, rate_limited */
  async byLink(token: string, visit: Visit): Promise<OpenedSession> {
    await this.guard.demand('address', visit.address);
    const { links, users } = this.store;
    const now = this.clock.now();
    const hash = tokenHash(token);
    const found = await links.find(hash, now);
    const link = found?.userId == null ? undefined : await links.take(hash, now);
    const userId = link?.userId ?? '';
    const user = (await users.byIds([userId])).get(userId);
    if (user === undefined) throw new DomainFailure(NO_SUCH_LINK);
    return this.opening.open(user, 'link', visit);
  }

  /** Whose e-mail and password these are. @throws DomainFailure unauthorized, rate_limited */
  async prove(text: string, password: string, visit: Visit): Promise<StoredUser> {
    const email = foldEmail(text);
    await this.guard.demand('address', visit.address);
    const user = await this.store.users.byEmail(email);
    const until = await this.guard.take('account', email);
    if (until !== undefined) {
      if (user !== undefined) await this.recordLock(user.userId, until, visit);
      throw this.guard.tooMany(until);
    }
    const isRight = await this.passwords.isOf(user, password);
    if (user === undefined || !isRight) throw new DomainFailure(WRONG);
    await this.guard.forget('account', email);
    return user;
  }

  /**
   * Who is signed in and mistypes has not been signed out.
   * @throws DomainFailure the given one when the password is wrong, rate_limited
   */
  async proveAgain(
    { email }: StoredUser,
    password: string,
    wrong: DomainError,
    visit: Visit,
  ): Promise<void> {
    await this.prove(email, password, visit).catch((error: unknown) => {
      const isWrong = error instanceof DomainFailure && error.error.code === 'unauthorized';
      throw isWrong ? new DomainFailure(wrong) : error;
    });
  }

  /**
   * Of somebody whom an OpenID provider has named. The address stands for an account only the first time, and only
   * because the provider has verified it. A second factor that the person has here is asked for all the same, unless the
   * provider vouches for one.
   * @throws DomainFailure forbidden when nobody has an account under it
   */
  async byProvider(account: ProvidedAccount, visit: Visit): Promise<OpenedSession> {
    const { users } = this.store;
    const { issuer, subject, verifiedEmail, secondFactorShown } = account;
    const identity = { issuer, subject };
    const known = await users.byExternal(identity);
    if (known !== undefined) {
      return this.opening.open(known, 'openid_connect', visit, secondFactorShown);
    }
    const user = verifiedEmail && (await users.byEmail(foldEmail(verifiedEmail)));
    if (!user) throw new DomainFailure(NO_ACCOUNT);
    await this.demandVouchedFor(user);
    if (!(await users.addExternal(user.userId, identity))) throw new DomainFailure(NO_ACCOUNT);
    return this.opening.open(user, 'openid_connect', visit, secondFactorShown);
  }

  /**
   * Somebody who chose a password at sign-up or by an invitation has shown that she knows it, not that the address
   * is hers: whoever made such an account beforehand would share it with the one who has the address.
   * @throws DomainFailure forbidden
   */
  private async demandVouchedFor({ userId, passwordHash }: StoredUser): Promise<void> {
    if (passwordHash === null) return;
    const origin = await this.runner.read(userStream, userId, (state) => state.origin);
    if (origin !== 'operator') throw new DomainFailure(OWN_PASSWORD);
  }

  private recordLock(userId: string, until: Date, visit: Visit): Promise<void> {
    const command = { type: 'RefuseSignIn', until: until.toISOString() } as const;
    return decideUser(this.runner, userId, command, asGuard(visit)).catch((error: unknown) => {
      // An address whose registration was never finished has no story to tell.
      if (!(error instanceof DomainFailure)) throw error;
    });
  }
}

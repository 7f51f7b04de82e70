import { domainError } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { DomainFailure } from '../domain-failure.js';
import type { Clock } from '../ports/clock.js';
import type { IdentityStore, StoredSession } from '../ports/identity-store.js';
import { CLOCK, IDENTITY_STORE } from '../ports/tokens.js';
import { ConsoleSessions } from './console-sessions.js';
import { asUser, decideUser } from './deciding-users.js';
import { Passwords } from './passwords.js';
import { SIGN_IN_LINK_MS } from './session-lives.js';
import { type OpenedSession, SessionOpening, type Visit } from './session-opening.js';
import { demandFresh, demandSignedIn } from './signed-in.js';
import { SigningIn } from './signing-in.js';

const OLD_PASSWORD = domainError('validation_error', 'currentPassword must be the one so far', {
  field: 'currentPassword',
});

/** The password of whoever is signed in. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly passwords: Passwords,
    private readonly signingIn: SigningIn,
    private readonly opening: SessionOpening,
    private readonly sessions: ConsoleSessions,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * All sessions and links of before end; the one that asks goes on under a new token. The old password may be left
   * out by who has just come by a link, or has none and has just signed in: whoever sets one can lock its owner out.
   * @throws DomainFailure validation_error, unauthorized, forbidden, rate_limited
   */
  async change(
    wanted: { readonly currentPassword?: string | undefined; readonly newPassword: string },
    visit: Visit,
  ): Promise<OpenedSession> {
    const { session, user } = await demandSignedIn(this.store, visit, this.clock.now());
    const { userId, email } = user;
    if (user.passwordHash === null) demandFresh(session, this.clock.now());
    const mayOmit = user.passwordHash === null || this.cameByLink(session);
    const { currentPassword, newPassword } = wanted;
    if (currentPassword === undefined && !mayOmit) throw new DomainFailure(OLD_PASSWORD);
    if (currentPassword !== undefined) {
      await this.signingIn.proveAgain(user, currentPassword, OLD_PASSWORD, visit);
    }
    const hash = await this.passwords.hash(newPassword, email);
    const proof = currentPassword === undefined ? 'link' : 'old_password';
    const context = asUser(visit, userId);
    await decideUser(this.runner, userId, { type: 'ChangePassword', proof }, context);
    await this.store.users.setPassword(userId, hash);
    await this.sessions.endAll(userId);
    return this.opening.replace(userId, 'password', false, visit);
  }

  private cameByLink({ method, openedAt }: StoredSession): boolean {
    const age = this.clock.now().getTime() - openedAt.getTime();
    return method === 'link' && age < SIGN_IN_LINK_MS;
  }
}

import { domainError } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { DomainFailure } from '../domain-failure.js';
import type { Clock } from '../ports/clock.js';
import type { IdentityStore } from '../ports/identity-store.js';
import { CLOCK, IDENTITY_STORE } from '../ports/tokens.js';
import { decideUser } from './deciding-users.js';
import { type OpenedSession, SessionOpening, type Visit } from './session-opening.js';
import { newToken, tokenHash } from './session-tokens.js';
import { SignInGuard } from './sign-in-guard.js';

export const NO_SUCH_LINK = domainError('not_found', 'the link is unknown, used or over');

export interface SignInLink {
  readonly token: string;
  readonly expiresAt: string;
}

/** Where the page takes a token of either kind: behind the `#`, which no server and no log sees. */
export const signInLinkPath = (token: string) => `/console/sign-in/link#${token}`;
export const invitationPath = (token: string) => `/console/invitation#${token}`;

/** Links that sign in one person, once. Nobody sends them: they are handed over. */
@Injectable()
export class OneTimeLinks {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly guard: SignInGuard,
    private readonly opening: SessionOpening,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A new one ends the ones before. @throws DomainFailure not_found, forbidden when the user is disabled */
  async issue(userId: string, lifeMs: number, context: CommandContext): Promise<SignInLink> {
    const end = new Date(this.clock.now().getTime() + lifeMs);
    const expiresAt = end.toISOString();
    await decideUser(this.runner, userId, { type: 'IssueSignInLink', expiresAt }, context);
    const token = newToken();
    await this.store.links.removeOf(userId);
    const link = { tokenHash: tokenHash(token), userId, invitation: null, expiresAt: end };
    await this.store.links.add({ ...link, purpose: 'sign_in' });
    return { token, expiresAt };
  }

  /** @throws DomainFailure not_found, forbidden, rate_limited */
  async redeem(token: string, visit: Visit): Promise<OpenedSession> {
    await this.guard.demand('address', visit.address);
    const now = this.clock.now();
    const hash = tokenHash(token);
    const found = await this.store.links.find(hash, now);
    const link = found?.userId == null ? undefined : await this.store.links.take(hash, now);
    if (link?.userId == null) throw new DomainFailure(NO_SUCH_LINK);
    const user = (await this.store.users.byIds([link.userId])).get(link.userId);
    if (user === undefined) throw new DomainFailure(NO_SUCH_LINK);
    return this.opening.open(user, 'link', visit);
  }
}

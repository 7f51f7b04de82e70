import { domainError } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import type { Clock } from '../ports/clock.js';
import type { IdentityStore } from '../ports/identity-store.js';
import { CLOCK, IDENTITY_STORE } from '../ports/tokens.js';
import { decideUser } from './deciding-users.js';
import { newToken, tokenHash } from './session-tokens.js';

export const NO_SUCH_LINK = domainError('not_found', 'the link is unknown, used or over');

export interface SignInLink {
  readonly token: string;
  readonly expiresAt: string;
}

/** Where the page takes a token of either kind: behind the `#`, which no server and no log sees. */
export const signInLinkPath = (token: string) => `/console/sign-in/link#${token}`;
export const invitationPath = (token: string) => `/console/invitation#${token}`;

/** Makes links that sign in one person, once. Nobody sends them: they are handed over. */
@Injectable()
export class SignInLinks {
  constructor(
    private readonly runner: DeciderRunner,
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
}

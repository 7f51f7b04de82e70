import { type DomainError, domainError, type TenantRole } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { tenantMembersStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { Clock } from '../ports/clock.js';
import type { ProvidedAccount } from '../ports/identity-provider.js';
import type { IdentityStore, StoredLink, StoredUser } from '../ports/identity-store.js';
import { CLOCK, IDENTITY_STORE } from '../ports/tokens.js';
import { ConsoleSessions } from './console-sessions.js';
import { asUser, decideMembers } from './deciding-users.js';
import { foldEmail } from './email.js';
import { NO_SUCH_LINK } from './one-time-links.js';
import { Registration } from './registration.js';
import {
  hasSecondFactor,
  type OpenedSession,
  SessionOpening,
  type Visit,
} from './session-opening.js';
import { tokenHash } from './session-tokens.js';
import { SignInGuard } from './sign-in-guard.js';
import { SigningIn } from './signing-in.js';

const SIGN_IN_FIRST: DomainError = domainError(
  'unauthorized',
  'choose a password, or sign in to the account that you have and open the link again',
);

const OTHER_ADDRESS: DomainError = domainError(
  'forbidden',
  'the invitation is for another e-mail address than the one that the identity provider has verified',
);

type InvitationLink = StoredLink & { readonly invitation: NonNullable<StoredLink['invitation']> };

/** What somebody reads who was handed the link. */
export interface InvitationTerms {
  readonly tenantId: string;
  readonly role: TenantRole;
  readonly email: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** From the link of an invitation to a member of the tenant. */
@Injectable()
export class AcceptingInvitations {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly guard: SignInGuard,
    private readonly registration: Registration,
    private readonly signingIn: SigningIn,
    private readonly opening: SessionOpening,
    private readonly sessions: ConsoleSessions,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What it says, before anybody decides. @throws DomainFailure not_found, rate_limited */
  async read(token: string, visit: Visit): Promise<InvitationTerms> {
    await this.guard.demand('address', visit.address);
    const { invitation } = await this.link(token);
    const { invitationId, tenantId, email } = invitation;
    const terms = await this.runner.read(tenantMembersStream, tenantId, ({ invitations }) => ({
      ...invitations.get(invitationId),
    }));
    const { role, expiresAt } = terms;
    if (role === undefined || expiresAt === undefined) throw new DomainFailure(NO_SUCH_LINK);
    return { tenantId, role, email, expiresAt };
  }

  /**
   * For whoever is signed in; else for the account of the invitation's e-mail, which the password must be that of,
   * or which is made with it. Who has a second factor still to show has joined nothing: the link stays good for when
   * they are signed in.
   * @returns the session that was opened, undefined for who is signed in already
   * @throws DomainFailure not_found, unauthorized, forbidden, conflict, validation_error, rate_limited
   */
  async accept(
    token: string,
    password: string | undefined,
    visit: Visit,
  ): Promise<OpenedSession | undefined> {
    await this.guard.demand('address', visit.address);
    const link = await this.link(token);
    const session = visit.token === undefined ? undefined : await this.sessions.of(visit.token);
    if (session !== undefined && !session.secondFactorPending) {
      await this.opening.demandEnabled(session.userId);
      await this.join(link.invitation, session.userId, visit);
      return undefined;
    }
    const user = await this.personOf(link.invitation.email, password, visit);
    await this.opening.demandEnabled(user.userId);
    if (!hasSecondFactor(user)) await this.join(link.invitation, user.userId, visit);
    return this.opening.open(user, 'password', visit);
  }

  /**
   * Makes the account of somebody whom an identity provider has named, sign-up being open or not: the link and the
   * verified address are one and the same person's. They join by `accept`, signed in.
   * @throws DomainFailure not_found, forbidden, conflict
   */
  async register(
    token: string,
    { issuer, subject, verifiedEmail, secondFactorShown }: ProvidedAccount,
    visit: Visit,
  ): Promise<OpenedSession> {
    const { email } = (await this.link(token)).invitation;
    if (verifiedEmail === undefined || foldEmail(verifiedEmail) !== email) {
      throw new DomainFailure(OTHER_ADDRESS);
    }
    const person = { email, password: null, origin: 'invitation' } as const;
    const user = await this.registration.register(person, (userId) => asUser(visit, userId));
    await this.store.users.addExternal(user.userId, { issuer, subject });
    return this.opening.open(user, 'openid_connect', visit, secondFactorShown);
  }

  /** @throws DomainFailure not_found */
  private async link(token: string): Promise<InvitationLink> {
    const link = await this.store.links.find(tokenHash(token), this.clock.now());
    const invitation = link?.invitation;
    if (link === undefined || !invitation) throw new DomainFailure(NO_SUCH_LINK);
    return { ...link, invitation };
  }

  private async personOf(
    email: string,
    password: string | undefined,
    visit: Visit,
  ): Promise<StoredUser> {
    if (password === undefined) throw new DomainFailure(SIGN_IN_FIRST);
    const known = await this.store.users.byEmail(email);
    if (known !== undefined) return this.signingIn.prove(email, password, visit);
    const person = { email, password, origin: 'invitation' } as const;
    return this.registration.register(person, (userId) => asUser(visit, userId));
  }

  /** The decider lets one person join by an invitation; its link goes when that is on record. */
  private async join(
    { invitationId, tenantId }: { readonly invitationId: string; readonly tenantId: string },
    userId: string,
    visit: Visit,
  ): Promise<void> {
    await this.store.users.addTenant(userId, tenantId);
    const now = this.clock.now().toISOString();
    const command = { type: 'AcceptInvitation', invitationId, userId, now } as const;
    await decideMembers(this.runner, tenantId, command, asUser(visit, userId));
    await this.store.links.removeInvitation(invitationId);
    this.sessions.forgetAll();
  }
}

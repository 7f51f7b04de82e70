import type { TenantRole } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { tenantMembersStream } from '../deciding/stream-types.js';
import { newId } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import type { IdentityStore } from '../ports/identity-store.js';
import { CLOCK, IDENTITY_STORE } from '../ports/tokens.js';
import { ConsoleSessions } from './console-sessions.js';
import { decideMembers } from './deciding-users.js';
import { foldEmail } from './email.js';
import { demandUnreserved } from './first-operator.js';
import { IssueLimits } from './issue-limits.js';
import { INVITATION_MS } from './session-lives.js';
import { newToken, tokenHash } from './session-tokens.js';

export interface Member {
  readonly userId: string;
  /** Null when the store has lost sight of the person. */
  readonly email: string | null;
  readonly role: TenantRole;
}

export interface OpenInvitation {
  readonly invitationId: string;
  /** Null when its link is gone: it can only be withdrawn. */
  readonly email: string | null;
  readonly role: TenantRole;
  readonly expiresAt: string;
}

export interface Invitation extends OpenInvitation {
  /** For the link, which is handed over once: nobody sends it. */
  readonly token: string;
}

/** Who acts for a tenant at the console. */
@Injectable()
export class Members {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly sessions: ConsoleSessions,
    private readonly limits: IssueLimits,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By e-mail. */
  async list(tenantId: string): Promise<readonly Member[]> {
    const roles = await this.runner.read(tenantMembersStream, tenantId, ({ members }) => [
      ...members,
    ]);
    const users = await this.store.users.byIds(roles.map(([userId]) => userId));
    return roles
      .map(([userId, role]) => ({ userId, role, email: users.get(userId)?.email ?? null }))
      .sort((a, b) => ((a.email ?? '') < (b.email ?? '') ? -1 : 1));
  }

  /** Those that can still be accepted, the first to end first. */
  async invitations(tenantId: string): Promise<readonly OpenInvitation[]> {
    const now = this.clock.now();
    const open = await this.runner.read(tenantMembersStream, tenantId, ({ invitations }) =>
      [...invitations].map(([invitationId, terms]) => ({ invitationId, ...terms })),
    );
    const links = await this.store.links.invitations(tenantId, now);
    const emails = new Map(
      links.map(({ invitation }) => [invitation?.invitationId, invitation?.email]),
    );
    return open
      .filter(({ expiresAt }) => expiresAt > now.toISOString())
      .map((each) => ({ ...each, email: emails.get(each.invitationId) ?? null }))
      .sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1));
  }

  /**
   * @throws DomainFailure validation_error; conflict when too many are open or the address is reserved; rate_limited
   */
  async invite(
    tenantId: string,
    { email: text, role }: { readonly email: string; readonly role: TenantRole },
    context: CommandContext,
  ): Promise<Invitation> {
    const email = foldEmail(text);
    demandUnreserved(email);
    await this.limits.demand('invitations', tenantId);
    const now = this.clock.now();
    const invitationId = newId('inv', now.getTime());
    const end = new Date(now.getTime() + INVITATION_MS);
    const expiresAt = end.toISOString();
    const invite = { type: 'InviteMember', invitationId, role, expiresAt } as const;
    await decideMembers(this.runner, tenantId, { ...invite, now: now.toISOString() }, context);
    const token = newToken();
    await this.store.links.add({
      tokenHash: tokenHash(token),
      purpose: 'invitation',
      userId: null,
      invitation: { invitationId, tenantId, email },
      expiresAt: end,
    });
    return { invitationId, email, role, expiresAt, token };
  }

  /** @throws DomainFailure not_found */
  async withdraw(
    tenantId: string,
    invitationId: string,
    reason: string,
    context: CommandContext,
  ): Promise<void> {
    const command = { type: 'WithdrawInvitation', invitationId, reason } as const;
    await decideMembers(this.runner, tenantId, command, context);
    await this.store.links.removeInvitation(invitationId);
  }

  /** Without an invitation. Safe to repeat. @throws DomainFailure conflict when the user has another role */
  async add(
    tenantId: string,
    userId: string,
    role: TenantRole,
    context: CommandContext,
  ): Promise<void> {
    await this.store.users.addTenant(userId, tenantId);
    await decideMembers(this.runner, tenantId, { type: 'AddMember', userId, role }, context);
    this.sessions.forgetAll();
  }

  /** @throws DomainFailure not_found, conflict for the last owner */
  async changeRole(
    tenantId: string,
    userId: string,
    role: TenantRole,
    context: CommandContext,
  ): Promise<void> {
    await decideMembers(this.runner, tenantId, { type: 'ChangeMemberRole', userId, role }, context);
    this.sessions.forgetAll();
  }

  /** @throws DomainFailure not_found, conflict for the last owner */
  async remove(
    tenantId: string,
    userId: string,
    reason: string,
    context: CommandContext,
  ): Promise<void> {
    await decideMembers(this.runner, tenantId, { type: 'RemoveMember', userId, reason }, context);
    await this.store.users.removeTenant(userId, tenantId);
    this.sessions.forgetAll();
  }
}

import { domainError, type OperatorRole } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { userStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { IdentityStore, StoredUser } from '../ports/identity-store.js';
import { IDENTITY_STORE } from '../ports/tokens.js';
import { ConsoleSessions } from './console-sessions.js';
import { decideUser } from './deciding-users.js';
import { foldEmail } from './email.js';
import { FIRST_OPERATOR } from './first-operator.js';
import { IssueLimits } from './issue-limits.js';
import { Memberships } from './memberships.js';
import { type SignInLink, SignInLinks } from './one-time-links.js';
import { Registration } from './registration.js';
import type { Membership } from './session.js';
import { OPERATOR_LINK_MS, SIGN_IN_LINK_MS } from './session-lives.js';

export interface UserRecord {
  readonly userId: string;
  readonly email: string;
  readonly createdAt: Date;
  readonly operatorRoles: readonly OperatorRole[];
  readonly memberships: readonly Membership[];
  readonly secondFactor: boolean;
  readonly disabled: boolean;
}

const OWN_PASSWORD = domainError(
  'conflict',
  'an account with this address was made with a password of its own: check whose it is, then give it roles by its id',
);
const NOT_ONESELF = domainError('conflict', 'another owner has to do this for you');

const isOneself = (userId: string, { actor }: CommandContext) => actor.id === userId;

/** What operators do with the people who sign in. */
@Injectable()
export class Users {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly registration: Registration,
    private readonly memberships: Memberships,
    private readonly links: SignInLinks,
    private readonly limits: IssueLimits,
    private readonly sessions: ConsoleSessions,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
  ) {}

  /** Newest first, those before the id when one is given. */
  async page(limit: number, before?: string): Promise<readonly UserRecord[]> {
    const users = await this.store.users.page(limit, before);
    return Promise.all(users.map((user) => this.recordOf(user)));
  }

  /** By id or e-mail. @throws DomainFailure not_found */
  async find(idOrEmail: string): Promise<UserRecord> {
    const user = idOrEmail.includes('@')
      ? await this.store.users.byEmail(foldEmail(idOrEmail))
      : (await this.store.users.byIds([idOrEmail])).get(idOrEmail);
    if (user !== undefined) return this.recordOf(user);
    throw new DomainFailure(domainError('not_found', `there is no user ${idOrEmail}`));
  }

  /**
   * Somebody new, or somebody who is a user already, becomes an operator. Not who signed up with a password: nobody has
   * checked that the address is theirs.
   * @throws DomainFailure validation_error, conflict, forbidden, rate_limited
   */
  async inviteOperator(
    { email: text, roles }: { readonly email: string; readonly roles: readonly OperatorRole[] },
    reason: string,
    context: CommandContext,
  ): Promise<{ readonly userId: string; readonly link: SignInLink }> {
    const email = foldEmail(text);
    const known = await this.store.users.byEmail(email);
    const person = { email, password: null, origin: 'operator' } as const;
    if (known !== undefined) await this.demandVouchedFor(known);
    const { userId } = known ?? (await this.registration.register(person, () => context));
    await this.assignRoles(userId, roles, reason, context);
    await this.limits.demand('links', userId);
    return { userId, link: await this.links.issue(userId, OPERATOR_LINK_MS, context) };
  }

  /** Safe to repeat. @throws DomainFailure not_found, conflict for owners who would give up their own role */
  async assignRoles(
    userId: string,
    roles: readonly OperatorRole[],
    reason: string,
    context: CommandContext,
  ): Promise<void> {
    if (isOneself(userId, context) && !roles.includes('owner')) {
      throw new DomainFailure(NOT_ONESELF);
    }
    const command = { type: 'AssignOperatorRoles', roles, reason } as const;
    await decideUser(this.runner, userId, command, context);
    this.sessions.forgetAll();
  }

  /** Ends all sessions and links too. Safe to repeat. @throws DomainFailure not_found, conflict */
  async disable(userId: string, reason: string, context: CommandContext): Promise<void> {
    if (isOneself(userId, context)) throw new DomainFailure(NOT_ONESELF);
    await decideUser(this.runner, userId, { type: 'DisableUser', reason }, context);
    await this.sessions.endAll(userId);
  }

  /** Safe to repeat. @throws DomainFailure not_found */
  async enable(userId: string, reason: string, context: CommandContext): Promise<void> {
    await decideUser(this.runner, userId, { type: 'EnableUser', reason }, context);
  }

  /** Everywhere, links too: for a computer that was lost. Safe to repeat. @throws DomainFailure not_found */
  async endSessions(userId: string, reason: string, context: CommandContext): Promise<void> {
    await decideUser(this.runner, userId, { type: 'EndSessions', reason }, context);
    await this.sessions.endAll(userId);
  }

  /** For somebody who has forgotten the password. @throws DomainFailure not_found, forbidden, rate_limited */
  async link(userId: string, context: CommandContext): Promise<SignInLink> {
    await this.limits.demand('links', userId);
    return this.links.issue(userId, SIGN_IN_LINK_MS, context);
  }

  /**
   * For who runs the product: the first person to sign in, with every role of operators. Undefined once that account
   * was disabled, and while it is one that no operator made. No limit keeps the product from starting often.
   */
  async firstOperatorLink(
    context: CommandContext,
  ): Promise<(SignInLink & { readonly userId: string }) | undefined> {
    const known = await this.store.users.byEmail(FIRST_OPERATOR);
    const owner = { email: FIRST_OPERATOR, roles: ['owner'] } as const;
    const { userId } = known ?? (await this.inviteOperator(owner, 'runs the product', context));
    const { origin, disabled } = await this.runner.read(userStream, userId, (state) => ({
      ...state,
    }));
    if (origin !== 'operator' || disabled) return undefined;
    return { userId, ...(await this.links.issue(userId, SIGN_IN_LINK_MS, context)) };
  }

  /** @throws DomainFailure conflict */
  private async demandVouchedFor({ userId, passwordHash }: StoredUser): Promise<void> {
    if (passwordHash === null) return;
    const origin = await this.runner.read(userStream, userId, (state) => state.origin);
    if (origin !== 'operator') throw new DomainFailure(OWN_PASSWORD);
  }

  private async recordOf({ userId, email, createdAt, secondFactor }: StoredUser) {
    const [state, memberships] = await Promise.all([
      this.runner.read(userStream, userId, (current) => ({ ...current })),
      this.memberships.of(userId),
    ]);
    const { operatorRoles, disabled } = state;
    const record = { userId, email, createdAt, operatorRoles, memberships, disabled };
    return { ...record, secondFactor: secondFactor?.confirmed === true };
  }
}

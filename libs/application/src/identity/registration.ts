import { domainError, type UserRegistered } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { DomainFailure } from '../domain-failure.js';
import { newId } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import type { IdentityStore, StoredUser } from '../ports/identity-store.js';
import { CLOCK, IDENTITY_STORE } from '../ports/tokens.js';
import { decideUser } from './deciding-users.js';
import { demandUnreserved } from './first-operator.js';
import { Passwords } from './passwords.js';

export interface NewUser {
  /** Folded. */
  readonly email: string;
  /** Null for who comes by link or from another provider. */
  readonly password: string | null;
  readonly origin: UserRegistered['data']['origin'];
}

const TAKEN = domainError('conflict', 'there is an account with this e-mail: sign in');

/** Makes people users. */
@Injectable()
export class Registration {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly passwords: Passwords,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The fact comes before the row: a row stands for somebody who can sign in.
   * @param contextOf the context of what the new user does
   * @throws DomainFailure conflict, validation_error
   */
  async register(
    { email, password, origin }: NewUser,
    contextOf: (userId: string) => CommandContext,
  ): Promise<StoredUser> {
    if (origin !== 'operator') demandUnreserved(email);
    if ((await this.store.users.byEmail(email)) !== undefined) throw new DomainFailure(TAKEN);
    const passwordHash = password === null ? null : await this.passwords.hash(password, email);
    const createdAt = this.clock.now();
    const userId = newId('usr', createdAt.getTime());
    const context = contextOf(userId);
    await decideUser(this.runner, userId, { type: 'RegisterUser', origin }, context);
    if (passwordHash !== null) {
      await decideUser(this.runner, userId, { type: 'ChangePassword', proof: 'none' }, context);
    }
    const user = { userId, email, createdAt, passwordHash };
    if (!(await this.store.users.add(user))) throw new DomainFailure(TAKEN);
    return { ...user, secondFactor: null };
  }
}

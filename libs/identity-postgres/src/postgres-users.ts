import type {
  ExternalIdentity,
  StoredSecondFactor,
  StoredUser,
  StoredUsers,
} from '@imprest/application';
import type { Pool } from 'pg';
import * as statements from './statements.js';

interface UserRow extends Omit<StoredUser, 'secondFactor'> {
  readonly sealed: string | null;
  readonly dataKeyId: string | null;
  readonly confirmed: boolean;
}

export class PostgresUsers implements StoredUsers {
  constructor(private readonly pool: Pool) {}

  async add(
    user: Pick<StoredUser, 'userId' | 'email' | 'createdAt' | 'passwordHash'>,
  ): Promise<boolean> {
    const { userId, email, createdAt, passwordHash } = user;
    const values = [userId, email, createdAt, passwordHash];
    return (await this.pool.query(statements.ADD_USER, values)).rowCount === 1;
  }

  async byEmail(email: string): Promise<StoredUser | undefined> {
    return (await this.select(statements.USER_BY_EMAIL, [email]))[0];
  }

  async byIds(userIds: readonly string[]): Promise<ReadonlyMap<string, StoredUser>> {
    if (userIds.length === 0) return new Map();
    const users = await this.select(statements.USERS_BY_IDS, [userIds]);
    return new Map(users.map((user) => [user.userId, user]));
  }

  page(limit: number, before?: string): Promise<readonly StoredUser[]> {
    return this.select(statements.PAGE_OF_USERS, [limit, before ?? null]);
  }

  async setPassword(userId: string, passwordHash: string): Promise<void> {
    await this.pool.query(statements.SET_PASSWORD, [userId, passwordHash]);
  }

  async setSecondFactor(userId: string, secondFactor: StoredSecondFactor | null): Promise<void> {
    const { sealed = null, dataKeyId = null, confirmed = false } = secondFactor ?? {};
    await this.pool.query(statements.SET_SECOND_FACTOR, [userId, sealed, dataKeyId, confirmed]);
  }

  async takeTimeStep(userId: string, step: number): Promise<boolean> {
    return (await this.pool.query(statements.TAKE_TIME_STEP, [userId, step])).rowCount === 1;
  }

  async addTenant(userId: string, tenantId: string): Promise<void> {
    await this.pool.query(statements.ADD_TENANT, [userId, tenantId]);
  }

  async removeTenant(userId: string, tenantId: string): Promise<void> {
    await this.pool.query(statements.REMOVE_TENANT, [userId, tenantId]);
  }

  async tenantsOf(userId: string): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ readonly tenantId: string }>(statements.TENANTS_OF, [
      userId,
    ]);
    return rows.map(({ tenantId }) => tenantId);
  }

  async byExternal({ issuer, subject }: ExternalIdentity): Promise<StoredUser | undefined> {
    return (await this.select(statements.USER_BY_EXTERNAL, [issuer, subject]))[0];
  }

  async addExternal(userId: string, { issuer, subject }: ExternalIdentity): Promise<boolean> {
    const { rows } = await this.pool.query<{ readonly isOwn: boolean }>(statements.ADD_EXTERNAL, [
      userId,
      issuer,
      subject,
    ]);
    return rows[0]?.isOwn === true;
  }

  private async select(text: string, values: unknown[]): Promise<readonly StoredUser[]> {
    return (await this.pool.query<UserRow>(text, values)).rows.map(toUser);
  }
}

function toUser({ sealed, dataKeyId, confirmed, ...user }: UserRow): StoredUser {
  if (sealed === null || dataKeyId === null) return { ...user, secondFactor: null };
  return { ...user, secondFactor: { sealed, dataKeyId, confirmed } };
}

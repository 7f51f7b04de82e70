import type { StoredLink, StoredLinks } from '@imprest/application';
import type { Pool } from 'pg';
import * as statements from './statements.js';

interface LinkRow extends Omit<StoredLink, 'invitation'> {
  readonly invitationId: string | null;
  readonly tenantId: string | null;
  readonly email: string | null;
}

export class PostgresLinks implements StoredLinks {
  constructor(private readonly pool: Pool) {}

  async add({ tokenHash, purpose, userId, invitation, expiresAt }: StoredLink): Promise<void> {
    const { invitationId = null, tenantId = null, email = null } = invitation ?? {};
    const values = [tokenHash, purpose, userId, invitationId, tenantId, email, expiresAt];
    await this.pool.query(statements.ADD_LINK, values);
  }

  async find(tokenHash: string, now: Date): Promise<StoredLink | undefined> {
    return (await this.select(statements.FIND_LINK, [tokenHash, now]))[0];
  }

  async take(tokenHash: string, now: Date): Promise<StoredLink | undefined> {
    return (await this.select(statements.TAKE_LINK, [tokenHash, now]))[0];
  }

  invitations(tenantId: string, now: Date): Promise<readonly StoredLink[]> {
    return this.select(statements.INVITATIONS, [tenantId, now]);
  }

  async removeInvitation(invitationId: string): Promise<void> {
    await this.pool.query(statements.REMOVE_INVITATION, [invitationId]);
  }

  async removeOf(userId: string): Promise<void> {
    await this.pool.query(statements.REMOVE_LINKS_OF, [userId]);
  }

  private async select(text: string, values: unknown[]): Promise<readonly StoredLink[]> {
    return (await this.pool.query<LinkRow>(text, values)).rows.map(toLink);
  }
}

function toLink({ invitationId, tenantId, email, ...link }: LinkRow): StoredLink {
  const isInvitation = invitationId !== null && tenantId !== null && email !== null;
  return { ...link, invitation: isInvitation ? { invitationId, tenantId, email } : null };
}

import { Inject, Injectable } from '@nestjs/common';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { tenantMembersStream } from '../deciding/stream-types.js';
import type { IdentityStore } from '../ports/identity-store.js';
import { IDENTITY_STORE } from '../ports/tokens.js';
import type { Membership } from './session.js';

/** What a person is in which tenants: found by the store, true by the log. */
@Injectable()
export class Memberships {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
  ) {}

  async of(userId: string): Promise<readonly Membership[]> {
    const tenantIds = await this.store.users.tenantsOf(userId);
    const found = await Promise.all(tenantIds.map((tenantId) => this.in(tenantId, userId)));
    return found.filter((membership) => membership !== undefined);
  }

  private in(tenantId: string, userId: string): Promise<Membership | undefined> {
    return this.runner.read(tenantMembersStream, tenantId, ({ members }) => {
      const role = members.get(userId);
      return role === undefined ? undefined : { tenantId, role };
    });
  }
}

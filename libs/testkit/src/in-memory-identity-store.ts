import type {
  ExternalIdentity,
  IdentityStore,
  SignInTries,
  StoredLink,
  StoredLinks,
  StoredSession,
  StoredSessions,
  StoredUser,
  StoredUsers,
} from '@imprest/application';

const isOver = ({ endsAt, idleEndsAt }: StoredSession, now: Date) =>
  endsAt <= now || idleEndsAt <= now;

class Users implements StoredUsers {
  private readonly users = new Map<string, StoredUser>();
  private readonly steps = new Map<string, number>();
  private readonly tenants = new Map<string, Set<string>>();
  private readonly external = new Map<string, string>();

  async add(user: Pick<StoredUser, 'userId' | 'email' | 'createdAt' | 'passwordHash'>) {
    if (this.users.has(user.userId) || this.holderOf(user.email) !== undefined) return false;
    this.users.set(user.userId, { ...user, secondFactor: null });
    return true;
  }

  async byEmail(email: string) {
    return this.holderOf(email);
  }

  async byIds(userIds: readonly string[]) {
    const known = userIds.filter((userId) => this.users.has(userId));
    return new Map(known.map((userId) => [userId, this.users.get(userId) as StoredUser]));
  }

  async page(limit: number, before?: string) {
    return [...this.users.values()]
      .filter(({ userId }) => before === undefined || userId < before)
      .sort((a, b) => (a.userId < b.userId ? 1 : -1))
      .slice(0, limit);
  }

  async setPassword(userId: string, passwordHash: string) {
    this.change(userId, { passwordHash });
  }

  async setSecondFactor(userId: string, secondFactor: StoredUser['secondFactor']) {
    const before = this.users.get(userId)?.secondFactor;
    if (before?.sealed !== secondFactor?.sealed) this.steps.delete(userId);
    this.change(userId, { secondFactor });
  }

  async takeTimeStep(userId: string, step: number) {
    if (this.users.get(userId)?.secondFactor == null) return false;
    if (step <= (this.steps.get(userId) ?? -1)) return false;
    this.steps.set(userId, step);
    return true;
  }

  async addTenant(userId: string, tenantId: string) {
    this.tenants.set(userId, (this.tenants.get(userId) ?? new Set()).add(tenantId));
  }

  async removeTenant(userId: string, tenantId: string) {
    this.tenants.get(userId)?.delete(tenantId);
  }

  async tenantsOf(userId: string) {
    return [...(this.tenants.get(userId) ?? [])].sort();
  }

  async byExternal(identity: ExternalIdentity) {
    return this.users.get(this.external.get(nameOf(identity)) ?? '');
  }

  async addExternal(userId: string, identity: ExternalIdentity) {
    const holder = this.external.get(nameOf(identity)) ?? userId;
    this.external.set(nameOf(identity), holder);
    return holder === userId;
  }

  private holderOf(email: string) {
    return [...this.users.values()].find((user) => user.email === email);
  }

  private change(userId: string, change: Partial<StoredUser>) {
    const user = this.users.get(userId);
    if (user !== undefined) this.users.set(userId, { ...user, ...change });
  }
}

const nameOf = ({ issuer, subject }: ExternalIdentity) => JSON.stringify([issuer, subject]);

class Sessions implements StoredSessions {
  readonly rows = new Map<string, StoredSession>();

  async open(session: StoredSession, most: number) {
    this.rows.set(session.tokenHash, session);
    const own = this.all(session.userId).sort(
      (a, b) => b.openedAt.getTime() - a.openedAt.getTime(),
    );
    for (const { tokenHash } of own.slice(most)) this.rows.delete(tokenHash);
  }

  async find(tokenHash: string, now: Date) {
    const session = this.rows.get(tokenHash);
    return session === undefined || isOver(session, now) ? undefined : session;
  }

  async of(userId: string, now: Date) {
    return this.all(userId)
      .filter((session) => !isOver(session, now))
      .sort(
        (a, b) => b.seenAt.getTime() - a.seenAt.getTime() || (a.tokenHash < b.tokenHash ? -1 : 1),
      );
  }

  async touch(tokenHash: string, seenAt: Date, idleEndsAt: Date) {
    const session = this.rows.get(tokenHash);
    if (session !== undefined) this.rows.set(tokenHash, { ...session, seenAt, idleEndsAt });
  }

  async end(tokenHash: string) {
    this.rows.delete(tokenHash);
  }

  async endAll(userId: string, except: string | null) {
    const ending = this.all(userId).filter(({ tokenHash }) => tokenHash !== except);
    for (const { tokenHash } of ending) this.rows.delete(tokenHash);
    return ending.length;
  }

  private all(userId: string) {
    return [...this.rows.values()].filter((session) => session.userId === userId);
  }
}

class Links implements StoredLinks {
  readonly rows = new Map<string, StoredLink>();

  async add(link: StoredLink) {
    this.rows.set(link.tokenHash, link);
  }

  async find(tokenHash: string, now: Date) {
    return this.open(tokenHash, now);
  }

  async take(tokenHash: string, now: Date) {
    const link = this.open(tokenHash, now);
    this.rows.delete(tokenHash);
    return link;
  }

  async invitations(tenantId: string, now: Date) {
    return [...this.rows.values()]
      .filter((link) => link.invitation?.tenantId === tenantId && link.expiresAt > now)
      .sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime());
  }

  async removeInvitation(invitationId: string) {
    this.removeWhere((link) => link.invitation?.invitationId === invitationId);
  }

  async removeOf(userId: string) {
    this.removeWhere((link) => link.userId === userId);
  }

  private open(tokenHash: string, now: Date) {
    const link = this.rows.get(tokenHash);
    return link === undefined || link.expiresAt <= now ? undefined : link;
  }

  private removeWhere(isMeant: (link: StoredLink) => boolean) {
    for (const [hash, link] of this.rows) if (isMeant(link)) this.rows.delete(hash);
  }
}

class Tries implements SignInTries {
  readonly rows = new Map<string, { count: number; readonly endsAt: Date }>();

  async take(counter: string, limit: number, windowMs: number, now: Date) {
    let row = this.rows.get(counter);
    if (row === undefined || row.endsAt <= now) {
      row = { count: 0, endsAt: new Date(now.getTime() + windowMs) };
      this.rows.set(counter, row);
    }
    row.count += 1;
    return row.count <= limit ? undefined : row.endsAt;
  }

  async clear(counter: string) {
    this.rows.delete(counter);
  }
}

/** In memory, for tests of what stands on it. */
export class InMemoryIdentityStore implements IdentityStore {
  readonly users = new Users();
  readonly sessions = new Sessions();
  readonly links = new Links();
  readonly tries = new Tries();

  async sweep(now: Date): Promise<void> {
    const { sessions, links, tries } = this;
    for (const [hash, row] of sessions.rows) if (isOver(row, now)) sessions.rows.delete(hash);
    for (const [hash, row] of links.rows) if (row.expiresAt <= now) links.rows.delete(hash);
    for (const [counter, row] of tries.rows) if (row.endsAt <= now) tries.rows.delete(counter);
  }
}

import type { SealedSecret, SignInMethod } from '@imprest/domain';

/**
 * What signing in needs and no event may hold: addresses, hashes, sessions, links. Roles and memberships are
 * facts of the log; here is only how to find them. Tokens are known by their SHA-256 alone.
 */
export interface IdentityStore {
  readonly users: StoredUsers;
  readonly sessions: StoredSessions;
  readonly links: StoredLinks;
  readonly tries: SignInTries;
  /** Removes what is over: sessions, links, tries. */
  sweep(now: Date): Promise<void>;
}

export interface StoredUser {
  readonly userId: string;
  /** Folded: no two users have the same. */
  readonly email: string;
  readonly createdAt: Date;
  /** Null for who has none: such a person comes by link or by another identity provider. */
  readonly passwordHash: string | null;
  readonly secondFactor: StoredSecondFactor | null;
}

export interface StoredSecondFactor extends SealedSecret {
  /** Asked for at sign-in only when its owner has shown one code of it. */
  readonly confirmed: boolean;
}

export interface ExternalIdentity {
  readonly issuer: string;
  readonly subject: string;
}

export interface StoredUsers {
  /** False when the id or the e-mail is taken. */
  add(user: Pick<StoredUser, 'userId' | 'email' | 'createdAt' | 'passwordHash'>): Promise<boolean>;
  byEmail(email: string): Promise<StoredUser | undefined>;
  /** Unknown ids are missing. */
  byIds(userIds: readonly string[]): Promise<ReadonlyMap<string, StoredUser>>;
  /** Newest first, those before the id `before` when it is given. */
  page(limit: number, before?: string): Promise<readonly StoredUser[]>;
  setPassword(userId: string, passwordHash: string): Promise<void>;
  /** Null removes it. A new one has taken no code yet. */
  setSecondFactor(userId: string, secondFactor: StoredSecondFactor | null): Promise<void>;
  /** True once for a time step, and never again for it or an earlier one. */
  takeTimeStep(userId: string, step: number): Promise<boolean>;
  /** Where to look for memberships. Safe to repeat. */
  addTenant(userId: string, tenantId: string): Promise<void>;
  removeTenant(userId: string, tenantId: string): Promise<void>;
  tenantsOf(userId: string): Promise<readonly string[]>;
  byExternal(identity: ExternalIdentity): Promise<StoredUser | undefined>;
  /** False when the identity is somebody else's. Safe to repeat. */
  addExternal(userId: string, identity: ExternalIdentity): Promise<boolean>;
}

export interface StoredSession {
  readonly tokenHash: string;
  readonly userId: string;
  readonly method: SignInMethod;
  readonly openedAt: Date;
  readonly seenAt: Date;
  /** Over at the earlier of the two. */
  readonly idleEndsAt: Date;
  readonly endsAt: Date;
  /** The password was right, the code is still to come. */
  readonly secondFactorPending: boolean;
  /** What it was opened with, roughly: “Firefox on Linux”. Null when it did not say. */
  readonly browser: string | null;
  /** Where it was opened from, as a network and not as an address: “203.0.113.0/24”. */
  readonly network: string | null;
}

export interface StoredSessions {
  /** Of the sessions of one user at most `most` stay, the latest. */
  open(session: StoredSession, most: number): Promise<void>;
  /** Undefined for one that is unknown or over. */
  find(tokenHash: string, now: Date): Promise<StoredSession | undefined>;
  /** Those of a user that are not over, the latest use first. */
  of(userId: string, now: Date): Promise<readonly StoredSession[]>;
  /** Puts off its end for want of use. */
  touch(tokenHash: string, seenAt: Date, idleEndsAt: Date): Promise<void>;
  /** Safe to repeat. */
  end(tokenHash: string): Promise<void>;
  /** How many ended. */
  endAll(userId: string, except: string | null): Promise<number>;
}

export const linkPurposes = ['sign_in', 'invitation'] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

export interface StoredLink {
  readonly tokenHash: string;
  readonly purpose: LinkPurpose;
  /** Whom it signs in; null for an invitation to whoever has its e-mail. */
  readonly userId: string | null;
  readonly invitation: {
    readonly invitationId: string;
    readonly tenantId: string;
    readonly email: string;
  } | null;
  readonly expiresAt: Date;
}

export interface StoredLinks {
  add(link: StoredLink): Promise<void>;
  /** Undefined for one that is unknown, used or over. */
  find(tokenHash: string, now: Date): Promise<StoredLink | undefined>;
  /** The link, for one caller only: it is gone with the answer. */
  take(tokenHash: string, now: Date): Promise<StoredLink | undefined>;
  /** Those of a tenant that are still open. */
  invitations(tenantId: string, now: Date): Promise<readonly StoredLink[]>;
  removeInvitation(invitationId: string): Promise<void>;
  /** All that sign this user in. */
  removeOf(userId: string): Promise<void>;
}

export interface SignInTries {
  /**
   * Counts a try in a window that begins with its first one. Undefined while there are at most `limit` in it,
   * else when it ends.
   */
  take(counter: string, limit: number, windowMs: number, now: Date): Promise<Date | undefined>;
  clear(counter: string): Promise<void>;
}

import type { IdentityStore, StoredLink, StoredSession } from '@imprest/application';

export type StoreNow = () => IdentityStore;

/** Minutes after some moment. */
export const at = (minutes: number) => new Date(1_763_600_000_000 + minutes * 60_000);

export const newUser = (n: number, email = `person${n}@example.org`) => ({
  userId: `usr_${n}`,
  email,
  createdAt: at(n),
  passwordHash: n % 2 === 0 ? `hash ${n}` : null,
});

export const session = (token: string, more: Partial<StoredSession> = {}): StoredSession => ({
  tokenHash: `hash of ${token}`,
  userId: 'usr_1',
  method: 'password',
  openedAt: at(0),
  seenAt: at(0),
  idleEndsAt: at(30),
  endsAt: at(60),
  secondFactorPending: false,
  browser: 'Firefox on Linux',
  network: null,
  ...more,
});

export const link = (token: string, more: Partial<StoredLink> = {}): StoredLink => ({
  tokenHash: `hash of ${token}`,
  purpose: 'sign_in',
  userId: 'usr_1',
  invitation: null,
  expiresAt: at(15),
  ...more,
});

export const invitation = (n: number, tenantId = 'ten_1'): StoredLink =>
  link(`invitation ${n}`, {
    purpose: 'invitation',
    userId: null,
    invitation: { invitationId: `inv_${n}`, tenantId, email: `guest${n}@example.org` },
    expiresAt: at(10 + n),
  });

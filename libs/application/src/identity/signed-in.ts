import { domainError } from '@imprest/domain';
import { DomainFailure } from '../domain-failure.js';
import type { IdentityStore, StoredSession, StoredUser } from '../ports/identity-store.js';
import { FRESH_SIGN_IN_MS } from './session-lives.js';
import type { Visit } from './session-opening.js';
import { tokenHash } from './session-tokens.js';

const NOT_SIGNED_IN = domainError('unauthorized', 'sign in to the console');
const NOT_FRESH = domainError(
  'forbidden',
  'sign in again: who has no password sets up a password or a second factor within 15 minutes of signing in',
);

export interface SignedIn {
  readonly session: StoredSession;
  readonly user: StoredUser;
}

/** Whose browser this is. @throws DomainFailure unauthorized, also for who has a second factor still to show */
export async function demandSignedIn(
  store: IdentityStore,
  { token = '' }: Visit,
  now: Date,
): Promise<SignedIn> {
  const session = await store.sessions.find(tokenHash(token), now);
  const users = session && (await store.users.byIds([session.userId]));
  const user = users?.get(session?.userId ?? '');
  if (session === undefined || session.secondFactorPending || user === undefined) {
    throw new DomainFailure(NOT_SIGNED_IN);
  }
  return { session, user };
}

/** What stands for the password of who has none. @throws DomainFailure forbidden */
export function demandFresh({ openedAt }: StoredSession, now: Date): void {
  const age = now.getTime() - openedAt.getTime();
  if (age >= FRESH_SIGN_IN_MS) throw new DomainFailure(NOT_FRESH);
}

import { useSuspenseQuery } from '@tanstack/react-query';
import { isSignedIn, type Session, type SignedIn, sessionQuery } from './session.ts';

/** The session, whether or not anybody is signed in. */
export const useSession = (): Session => useSuspenseQuery(sessionQuery).data;

/** The session on pages behind the sign-in. */
export function useSignedIn(): SignedIn {
  const session = useSession();
  if (!isSignedIn(session)) throw new Error('This page is for people who are signed in.');
  return session;
}

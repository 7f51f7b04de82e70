import type { QueryClient } from '@tanstack/react-query';
import type { AnyRouter } from '@tanstack/react-router';
import { isSignedIn, keepSession, type Session, sessionQuery } from './session.ts';
import { callSession } from './session-calls.ts';

/** The page stays, and asks for the password again: the second factor took too long, or was ended elsewhere. */
async function beginAnew(queries: QueryClient, router: AnyRouter): Promise<void> {
  const session = await callSession<Session>('GET', '');
  if (isSignedIn(session) || session.secondFactorPending) return;
  const search = (before: Readonly<Record<string, unknown>>) => ({ ...before, problem: 'over' });
  await router.navigate({ to: '.', search, hash: true });
  keepSession(queries, session);
}

async function leave(queries: QueryClient, router: AnyRouter): Promise<void> {
  const known = queries.getQueryData(sessionQuery.queryKey);
  if (known === undefined) return;
  if (!isSignedIn(known)) return known.secondFactorPending ? beginAnew(queries, router) : undefined;
  const returnTo = router.state.location.href;
  const session = await callSession<Session>('GET', '');
  if (isSignedIn(session)) return;
  await router.navigate({ to: '/sign-in', search: { returnTo } });
  keepSession(queries, session);
  // Who signs in next may be somebody else.
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
}

let leaving: Promise<void> | undefined;

/**
 * After a call was answered with 401: leads to the sign-in and from there back, if the session is over indeed. A wrong
 * password is answered so, too. The page goes before its session does, since it cannot be shown without.
 */
export function leaveWhenSignedOut(queries: QueryClient, router: AnyRouter): Promise<void> {
  leaving ??= leave(queries, router).finally(() => {
    leaving = undefined;
  });
  return leaving;
}

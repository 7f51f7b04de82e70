import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { isSignedIn, keepSession, type Session } from './session.ts';
import { callSession } from './session-calls.ts';

/**
 * Opens a session by a call below /console/api/session, then goes to where the reader wanted to be.
 * @param path route that answers with a session
 */
export function useSigningIn<Body>(path: string) {
  const queries = useQueryClient();
  const router = useRouter();
  const { returnTo } = useSearch({ strict: false });
  return useMutation({
    mutationFn: (body: Body) => callSession<Session>('POST', path, body),
    onSuccess: async (session) => {
      keepSession(queries, session);
      if (isSignedIn(session)) await router.navigate({ to: (returnTo ?? '/') as '/' });
    },
  });
}

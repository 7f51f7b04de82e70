import { notifications } from '@mantine/notifications';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { callSession } from './session-calls.ts';

/** A browser in which the user is signed in. */
export interface OwnSession {
  readonly id: string;
  /** Whether it is this one. */
  readonly current: boolean;
  readonly method: 'password' | 'link' | 'openid_connect';
  /** “Firefox on Linux”; null when it did not say. */
  readonly browser: string | null;
  /** Where it began: “203.0.113.0/24”. */
  readonly network: string | null;
  readonly openedAt: string;
  readonly seenAt: string;
  readonly endsAt: string;
  readonly secondFactorPending: boolean;
}

export const ownSessionsQuery = queryOptions({
  queryKey: ['own-sessions'],
  queryFn: () => callSession<{ readonly sessions: readonly OwnSession[] }>('GET', '/sessions'),
});

/**
 * Ends sessions in other browsers.
 * @param done what to say then
 */
export function useEndingSessions(done: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (which: OwnSession | 'others') =>
      callSession<void>('DELETE', which === 'others' ? '/others' : `/sessions/${which.id}`),
    onSuccess: () => notifications.show({ color: 'green', message: done }),
    onSettled: () => queries.invalidateQueries(ownSessionsQuery),
  });
}

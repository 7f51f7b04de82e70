import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { forgetSavedFilters } from '../saved-filters/saved-filters.ts';
import { sessionQuery } from './session.ts';
import { callSession } from './session-calls.ts';

/** Ends the session here, or those in all browsers. What this browser has kept for the user goes with it. */
export function useSignOut(where: 'here' | 'everywhere') {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: () => callSession<void>('DELETE', where === 'here' ? '' : '/everywhere'),
    onSuccess: async () => {
      const userId = queries.getQueryData(sessionQuery.queryKey)?.user?.id;
      if (userId !== undefined) forgetSavedFilters(localStorage, userId);
      queries.clear();
      await router.navigate({ to: '/sign-in' });
    },
  });
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { callSession } from './session-calls.ts';

/** Ends the session here, or those in all browsers. */
export function useSignOut(where: 'here' | 'everywhere') {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: () => callSession<void>('DELETE', where === 'here' ? '' : '/everywhere'),
    onSuccess: async () => {
      queries.clear();
      await router.navigate({ to: '/sign-in' });
    },
  });
}

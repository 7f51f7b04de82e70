import { useQuery } from '@tanstack/react-query';
import { answerOf, useOperatorApi } from '../../api/clients.ts';

/** Categories of streams with the types of their events; they change with the program alone. */
export function useEventCategories() {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ['event-categories'],
    queryFn: async () => (await answerOf(api.GET('/admin/v1/event-categories'))).categories,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

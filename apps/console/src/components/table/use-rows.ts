import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf } from '../../api/clients.ts';
import type { RowsResult } from './data-table.tsx';
import { askedSort } from './order.ts';
import type { TableState } from './use-table-state.ts';

export interface RowsOptions<Answer, Row> {
  /** Names the list, with whose it is: `['keys', tenantId]`. */
  readonly queryKey: readonly unknown[];
  readonly state: TableState;
  /**
   * Asks for a page; gets the filters that are set, the order and the cursor, to be passed on. They are the texts of an
   * address: of type never, since which of them a route knows, and how it reads them, is for the route to say.
   */
  readonly fetch: (query: never) => Promise<{ data?: Answer }>;
  readonly rowsOf: (answer: Answer) => readonly Row[];
  /** What the API sorts the list by, as ids of columns: its usual order first, `-` for descending. */
  readonly sorts?: readonly string[];
  readonly refetchInterval?: number;
}

/** Where the next page begins, in the spelling of the dialect. */
interface Cursors {
  readonly nextCursor?: string | null;
  readonly next_cursor?: string | null;
}

const NO_SORTS: readonly string[] = [];

/** The rows that the address of the page asks for; while others are fetched the old ones stay. */
export function useRows<Answer extends object, Row>(
  options: RowsOptions<Answer, Row>,
): RowsResult<Row> {
  const { queryKey, state, fetch, rowsOf, sorts = NO_SORTS, refetchInterval } = options;
  const { filters, cursor } = state;
  const sort = askedSort(sorts, state.sort);
  const query = {
    ...filters,
    ...(sort !== undefined && { sort }),
    ...(cursor !== undefined && { cursor }),
  };
  const result = useQuery({
    queryKey: [...queryKey, query],
    queryFn: async () => {
      const answer = await answerOf(fetch(query as never));
      const { nextCursor, next_cursor } = answer as Cursors;
      return { rows: rowsOf(answer), nextCursor: nextCursor ?? next_cursor ?? null };
    },
    placeholderData: keepPreviousData,
    refetchInterval,
  });
  const { data, error, isFetching, refetch } = result;
  return { data, error, isFetching, refetch, sorts };
}

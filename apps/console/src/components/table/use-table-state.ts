import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import type { SearchParams } from '../../search-params.ts';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Cursors of the pages before this one; an empty text is the first page. */
    readonly trail?: readonly string[];
  }
}

export interface TableState {
  /** Values of the filters that are set, by their names in the address. */
  readonly filters: SearchParams;
  readonly cursor: string | undefined;
  /** Id of the column, with `-` before it for descending. */
  readonly sort: string | undefined;
  readonly setFilter: (name: string, value: string | null) => void;
  readonly setFilters: (filters: SearchParams) => void;
  readonly setSort: (sort: string | undefined) => void;
  readonly toNext: (cursor: string) => void;
  /** Undefined on the first page. */
  readonly toPrevious: (() => void) | undefined;
}

const TABLE_PARAMS = new Set(['cursor', 'sort', 'limit']);

/** State of the table of a page, kept in its address. */
export function useTableState(): TableState {
  const search: SearchParams = useSearch({ strict: false }) as SearchParams;
  const trail = useLocation({ select: ({ state }) => state.trail }) ?? [];
  const navigate = useNavigate();
  const go = (next: Readonly<Record<string, string | undefined>>, nextTrail: readonly string[]) =>
    void navigate({ to: '.', search: next as never, state: { trail: nextTrail } });
  const { cursor, sort } = search;
  const filters = Object.fromEntries(
    Object.entries(search).filter(([name]) => !TABLE_PARAMS.has(name)),
  );
  const previous = () => go({ ...search, cursor: trail.at(-1) || undefined }, trail.slice(0, -1));
  return {
    filters,
    cursor,
    sort,
    setFilter: (name, value) =>
      go({ ...search, cursor: undefined, [name]: value || undefined }, []),
    setFilters: (chosen) => go({ ...chosen, sort }, []),
    setSort: (order) => go({ ...search, sort: order, cursor: undefined }, []),
    toNext: (next) => go({ ...search, cursor: next }, [...trail, cursor ?? '']),
    toPrevious: cursor === undefined ? undefined : previous,
  };
}

import type { SortValue } from './column.ts';

interface Sorted {
  readonly id: string;
  readonly sortBy?: ((row: never) => SortValue) | undefined;
}

/** What of a list is at hand, and in which orders it can be asked for. */
export interface ListAtHand {
  /** Ids of columns that the API sorts the whole list by; the first one, `-` for descending, is its usual order. */
  readonly sorts?: readonly string[];
  /** Whether the rows at hand are all there are. */
  readonly isWhole: boolean;
}

export const idOf = (sort: string): string => sort.replace(/^-/, '');

/** What the API is to sort by: the order that was chosen where it knows it, else the usual one. */
export function askedSort(
  sorts: readonly string[],
  chosen: string | undefined,
): string | undefined {
  const isKnown = chosen !== undefined && sorts.some((each) => idOf(each) === idOf(chosen));
  return isKnown ? chosen : sorts[0];
}

/**
 * Whether a column can be sorted by: never within a page alone, which would pass for the order of the list.
 */
export function isSortable({ id, sortBy }: Sorted, { sorts = [], isWhole }: ListAtHand): boolean {
  return sorts.some((each) => idOf(each) === id) || (isWhole && sortBy !== undefined);
}

/** The order that is shown, and whether the page itself makes it from the rows at hand. */
export function shownOrder(
  columns: readonly Sorted[],
  list: ListAtHand,
  chosen: string | undefined,
): { readonly sort: string | undefined; readonly isMadeHere: boolean } {
  const { sorts = [] } = list;
  const column = columns.find(({ id }) => chosen !== undefined && id === idOf(chosen));
  if (column === undefined || !isSortable(column, list)) {
    return { sort: sorts[0], isMadeHere: false };
  }
  return { sort: chosen, isMadeHere: sorts.every((each) => idOf(each) !== column.id) };
}

/** What a press on the head of a column chooses: ascending, descending, and the usual order again. */
export function nextSort(
  id: string,
  shown: string | undefined,
  usual: string | undefined,
): string | undefined {
  if (shown === undefined || idOf(shown) !== id) return usual === id ? undefined : id;
  const turned = shown === id ? `-${id}` : id;
  if (usual !== undefined && idOf(usual) === id) return turned === usual ? undefined : turned;
  return shown === id ? turned : undefined;
}

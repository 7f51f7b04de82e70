import type { SearchParams } from '../search-params.ts';

/** Filters of a list under a name of the reader's own. */
export interface SavedFilter {
  readonly name: string;
  readonly filters: SearchParams;
}

/** The part of `Storage` that is needed. */
export type TextStore = Pick<Storage, 'getItem' | 'setItem'>;

const MAX_FILTERS = 30;
const MAX_NAME_LENGTH = 60;

const keysOf = (userId: string) => `imprest.filters.${userId}.`;

/** Where one user keeps the filters of one list of one tenant. */
export const savedFiltersKey = (userId: string, tenantId: string, list: string): string =>
  `${keysOf(userId)}${tenantId}.${list}`;

/** All that a user has saved: filters may hold the addresses of people. */
export function forgetSavedFilters(
  store: Pick<Storage, 'length' | 'key' | 'removeItem'>,
  userId: string,
): void {
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '');
  for (const key of keys) if (key.startsWith(keysOf(userId))) store.removeItem(key);
}

function isSavedFilter(value: unknown): value is SavedFilter {
  const { name, filters } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    typeof filters === 'object' &&
    filters !== null &&
    Object.values(filters).every((each) => typeof each === 'string')
  );
}

/** What was saved; nothing when it is unreadable, by whatever wrote it. */
export function readSavedFilters(store: TextStore, key: string): readonly SavedFilter[] {
  try {
    const saved: unknown = JSON.parse(store.getItem(key) ?? '[]');
    return Array.isArray(saved) ? saved.filter(isSavedFilter).slice(0, MAX_FILTERS) : [];
  } catch {
    return [];
  }
}

/** The list with one more, in place of another of its name; the oldest go when there are too many. */
export function withSavedFilter(
  saved: readonly SavedFilter[],
  { name, filters }: SavedFilter,
): readonly SavedFilter[] {
  const short = name.trim().slice(0, MAX_NAME_LENGTH);
  if (short === '') return saved;
  const others = saved.filter((each) => each.name !== short);
  return [...others, { name: short, filters }].slice(-MAX_FILTERS);
}

export const withoutSavedFilter = (
  saved: readonly SavedFilter[],
  name: string,
): readonly SavedFilter[] => saved.filter((each) => each.name !== name);

/** Whether these are the filters that are set. */
export function isSameFilter(one: SearchParams, other: SearchParams): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
  );
}

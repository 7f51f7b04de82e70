import { useState } from 'react';
import { useSignedIn } from '../session/use-session.ts';
import { useTenantId } from '../session/use-tenant.ts';
import {
  readSavedFilters,
  type SavedFilter,
  savedFiltersKey,
  withoutSavedFilter,
  withSavedFilter,
} from './saved-filters.ts';

/** Filters that the user has named for a list of this tenant; kept in this browser until they sign out. */
export function useSavedFilters(list: string) {
  const { user } = useSignedIn();
  const key = savedFiltersKey(user.id, useTenantId(), list);
  const [saved, setSaved] = useState(() => readSavedFilters(localStorage, key));
  const keep = (filters: readonly SavedFilter[]) => {
    setSaved(filters);
    localStorage.setItem(key, JSON.stringify(filters));
  };
  return {
    saved,
    save: (filter: SavedFilter) => keep(withSavedFilter(saved, filter)),
    remove: (name: string) => keep(withoutSavedFilter(saved, name)),
  };
}

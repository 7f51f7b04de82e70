/** Search parameters of a page: flat texts, so that an address reads as it was meant. */
export type SearchParams = Readonly<Record<string, string>>;

/** `?a=1&b=` as `{ a: '1' }`; of a name that comes twice the last one counts. */
export function parseSearch(search: string): SearchParams {
  const entries = [...new URLSearchParams(search)].filter(([, value]) => value !== '');
  return Object.fromEntries(entries);
}

/** The other way; what is empty or undefined is left out. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

const MAX_LENGTH = 300;
const TABLE_PARAMS = ['cursor', 'sort', 'limit'] as const;

export type TableSearch<Filter extends string> = {
  readonly [Name in Filter | (typeof TABLE_PARAMS)[number]]?: string;
};

/**
 * Validates the search parameters of a page with a table: where it is (`cursor`, `limit`), its order (`sort`, `-` before
 * the column for descending) and its filters. Drops what it does not know and what is too long.
 */
export function tableSearch<const Filter extends string = never>(...filters: readonly Filter[]) {
  const known: readonly string[] = [...TABLE_PARAMS, ...filters];
  return (search: Readonly<Record<string, unknown>>): TableSearch<Filter> =>
    Object.fromEntries(
      Object.entries(search).filter(
        ([name, value]) =>
          known.includes(name) && typeof value === 'string' && value.length <= MAX_LENGTH,
      ),
    ) as TableSearch<Filter>;
}

import type { ApiClient } from './api-client.js';

export interface StatementEntry {
  readonly type: string;
  readonly generationId: string | null;
}

/** All of a tenant's statement, page after page. */
export async function statementOf(client: ApiClient): Promise<readonly StatementEntry[]> {
  const entries: StatementEntry[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${cursor}`;
    const { body } = await client.get(`/v1/ledger/entries?limit=100${query}`);
    entries.push(...body.entries);
    cursor = body.nextCursor;
  } while (cursor !== null);
  return entries;
}

/** The generations that entries of these types are about, sorted. */
export const generationsOf = (entries: readonly StatementEntry[], ...types: readonly string[]) =>
  entries
    .filter(({ type }) => types.includes(type))
    .map(({ generationId }) => generationId)
    .sort();

import type { CallOptions } from './http/options.js';
import type { Transport } from './http/transport.js';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Of the next page; null on the last one. */
  readonly nextCursor: string | null;
}

/** What a list of the API holds, newest first. Pages are fetched as they are needed. */
export class List<Item> implements AsyncIterable<Item> {
  readonly #fetchPage: (cursor?: string) => Promise<Page<Item>>;

  constructor(fetchPage: (cursor?: string) => Promise<Page<Item>>) {
    this.#fetchPage = fetchPage;
  }

  /** The first page, or the one that a cursor names. @throws ImprestError */
  page(cursor?: string): Promise<Page<Item>> {
    return this.#fetchPage(cursor);
  }

  /** @throws ImprestError */
  async *pages(): AsyncGenerator<Page<Item>> {
    let cursor: string | null | undefined;
    do {
      const page: Page<Item> = await this.page(cursor ?? undefined);
      yield page;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  /** @throws ImprestError */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for await (const { items } of this.pages()) yield* items;
  }
}

/** @param key field of the answer that holds the items of the page */
export function listOf<Item>(
  transport: Transport,
  at: string,
  key: string,
  query: Readonly<Record<string, string | number | undefined>>,
  { signal }: CallOptions,
): List<Item> {
  return new List(async (cursor) => {
    const call = { method: 'GET', path: at, query: { ...query, cursor }, signal } as const;
    const page = await transport.json<Record<string, unknown>>(call);
    return { items: page[key] as readonly Item[], nextCursor: page.nextCursor as string | null };
  });
}

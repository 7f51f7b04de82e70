import type { StoredEntry } from '@imprest/ledger-seal';
import { copyRows } from '@imprest/postgres-copy';
import type { ClientBase } from 'pg';
import { CopiedEntry, ENTRY_COLUMNS } from './copied-entry.js';

/** An audit walks along the key, whatever the planner thinks of a table it has no statistics of. */
export const PREPARE_AUDIT = `set plan_cache_mode = force_generic_plan; set enable_seqscan = off;
  set enable_bitmapscan = off; set enable_sort = off`;

/** Rows made at a time: soon used, and soon forgotten. */
const PAGE = 250;

/** Entries of the journal in store order, in one statement. */
export class StoredEntryReader {
  private readonly pages: AsyncGenerator<readonly Buffer[]>;
  private page: readonly CopiedEntry[] = [];
  private at = 0;
  private ended = false;

  /** @param client prepared with PREPARE_AUDIT and used by nobody else until all entries were taken. */
  constructor(client: ClientBase, after: bigint, upTo: bigint) {
    const query = `select ${ENTRY_COLUMNS} from ledger.entries
      where position > ${after} and position <= ${upTo} order by position`;
    this.pages = copyRows(client, query, PAGE);
  }

  /** The entries not given yet up to a position. */
  async takeUpTo(position: bigint): Promise<readonly StoredEntry[]> {
    const taken: StoredEntry[] = [];
    for (;;) {
      while (this.at < this.page.length) {
        const entry = this.page[this.at] as CopiedEntry;
        if (entry.position > position) return taken;
        taken.push(entry);
        this.at += 1;
      }
      if (this.ended) return taken;
      const { value, done } = await this.pages.next();
      if (done === true) this.ended = true;
      this.page = done === true ? [] : value.map((row) => new CopiedEntry(row));
      this.at = 0;
    }
  }
}

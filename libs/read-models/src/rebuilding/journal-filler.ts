import type { StoredEvent } from '@imprest/event-catalogue';
import type { Client } from 'pg';
import type { LedgerEntryRow } from '../entities/index.js';
import { Books, ledgerFact } from '../ledger/books.js';
import { type JournalTables, journalProjector, journalRows } from '../ledger/journal-projector.js';
import { tablesOf } from '../projections/table-projector.js';
import { copyInto } from '../sql/copy-into.js';
import { sqlTransaction } from '../sql/sql-transaction.js';
import { EventNotProjected } from './rebuild-errors.js';
import type { TableFiller } from './table-filler.js';

const LEAST_CHUNK = 500_000;

/**
 * Copies entries as they are made and keeps the books in memory: every lot, every open hold and one
 * account a tenant. At the end of a chunk the books are written whole, so that another process can go on.
 */
export class JournalFiller implements TableFiller {
  readonly pageSize = 1_000;

  private constructor(
    private readonly client: Client,
    private readonly tables: JournalTables,
    private readonly books: Books,
  ) {}

  static async open(client: Client, schema: string): Promise<JournalFiller> {
    const tables = tablesOf(journalRows, schema);
    const sql = sqlTransaction(client);
    const books = new Books();
    for (const lot of await tables.lots.loadAll(sql)) books.addLot(lot);
    for (const account of await tables.tokenAccounts.loadAll(sql)) books.addAccount(account);
    for (const balance of await tables.balances.loadAll(sql)) books.addBalance(balance);
    return new JournalFiller(client, tables, books);
  }

  /** So many that writing the books does not cost more than a fraction of reading the events. */
  get chunkEvents(): number {
    return Math.max(LEAST_CHUNK, 4 * this.books.size);
  }

  async write(pages: AsyncIterable<readonly StoredEvent[]>): Promise<void> {
    const { client, books } = this;
    const { entries, lots, balances, tokenAccounts } = this.tables;
    await copyInto(client, entries, this.entriesOf(pages));
    await client.query(`truncate ${[lots, balances, tokenAccounts].map(({ name }) => name)}`);
    await copyInto(client, lots, [books.lotRows()]);
    await copyInto(client, balances, [books.balanceRows()]);
    await copyInto(client, tokenAccounts, [books.accountRows()]);
  }

  private async *entriesOf(
    pages: AsyncIterable<readonly StoredEvent[]>,
  ): AsyncGenerator<Iterable<LedgerEntryRow>> {
    for await (const events of pages) yield this.entriesOfPage(events);
  }

  /** One at a time, so that an entry is gone before the next one is made. */
  private *entriesOfPage(events: readonly StoredEvent[]): Generator<LedgerEntryRow> {
    for (const event of events) {
      const entry = this.enter(event);
      if (entry !== undefined) yield entry;
    }
  }

  private enter(event: StoredEvent): LedgerEntryRow | undefined {
    try {
      return this.books.enter(ledgerFact(event));
    } catch (error) {
      throw new EventNotProjected(journalProjector.name, event, error);
    }
  }
}

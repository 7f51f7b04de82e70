import type { AccountBook, JournalEntry, OpenLot } from '@imprest/domain';
import type { StoredEvent } from '@imprest/event-catalogue';
import type { LedgerEntryRow, LedgerLotRow } from '../entities/index.js';

/** Arrays hold no null: this stands for tokens that nobody paid for. */
export const NO_CURRENCY = '';

/** @param book as it is after the entry. */
export function entryRow(
  { position, recordedAt }: Pick<StoredEvent, 'position' | 'recordedAt'>,
  entry: JournalEntry,
  { available, held }: AccountBook,
  leaf: Buffer,
): LedgerEntryRow {
  const { postings } = entry;
  return {
    position,
    tenantId: entry.tenantId,
    revision: entry.revision,
    eventId: entry.eventId,
    type: entry.type,
    generationId: entry.generationId,
    happenedAt: new Date(entry.happenedAt),
    knownAt: recordedAt,
    accounts: postings.map(({ account }) => account),
    lots: postings.map(({ lotId }) => lotId),
    tokens: postings.map(({ tokens }) => tokens),
    minorUnits: postings.map(({ money }) => money?.minorUnits ?? 0n),
    currencies: postings.map(({ money }) => money?.currency ?? NO_CURRENCY),
    available,
    held,
    leaf,
  };
}

/** The entry that a row stands for. */
export function journalEntryOf(row: LedgerEntryRow): JournalEntry {
  const { tenantId, revision, eventId, generationId, accounts } = row;
  return {
    tenantId,
    revision,
    eventId,
    type: row.type as JournalEntry['type'],
    generationId,
    happenedAt: row.happenedAt.toISOString(),
    knownAt: row.knownAt.toISOString(),
    postings: accounts.map((account, line) => {
      const currency = row.currencies[line] as string;
      return {
        account,
        lotId: row.lots[line] as string,
        tokens: row.tokens[line] as bigint,
        money:
          currency === NO_CURRENCY
            ? null
            : { minorUnits: row.minorUnits[line] as bigint, currency },
      };
    }),
  };
}

export function lotRow(tenantId: string, lot: OpenLot): LedgerLotRow {
  const { paid, discount, expiresAt, receivedAt, ...rest } = lot;
  return {
    tenantId,
    ...rest,
    paidMinorUnits: paid?.minorUnits ?? null,
    currency: paid?.currency ?? null,
    listMinorUnits: discount?.listMinorUnits ?? null,
    discountTier: discount?.tier ?? null,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
    receivedAt: new Date(receivedAt),
  };
}

export function openLot(row: LedgerLotRow): OpenLot {
  const { tenantId: _tenantId, ...lot } = row;
  const { paidMinorUnits, currency, listMinorUnits, discountTier, ...rest } = lot;
  return {
    ...rest,
    paid:
      paidMinorUnits === null ? null : { minorUnits: paidMinorUnits, currency: currency as string },
    discount:
      discountTier === null
        ? null
        : { tier: discountTier, listMinorUnits: listMinorUnits as bigint },
    expiresAt: row.expiresAt?.toISOString() ?? null,
    receivedAt: row.receivedAt.toISOString(),
  };
}

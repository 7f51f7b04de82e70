import { InvalidCursor } from '@imprest/application';
import { type AccountClass, accountClasses } from '@imprest/domain';
import type { DataSource } from 'typeorm';
import {
  LedgerBalanceRow,
  LedgerEntryRow,
  LedgerLotRow,
  LedgerTokenAccountRow,
} from '../entities/index.js';
import { assertLimit, decodeCursor, type Page, pageOf } from './cursor.js';
import {
  type AccountBalances,
  accountBalances,
  entryView,
  type LedgerEntryView,
  type LotView,
  lotView,
  type RevenueOfCurrency,
  type TrialBalance,
} from './ledger-views.js';
import type { PageRequest } from './newest-first.js';

export interface EntryFilter extends PageRequest {
  readonly tenantId: string;
  readonly generationId?: string;
  /** Inclusive, of when it happened. */
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
}

const CLASSES = `
  select split_part(account, ':', 1) as class, count(*) as accounts, sum(tokens) as tokens
  from ledger.balances where $1::text is null or tenant_id = $1 group by 1`;
/** Revisions of an account have no gap, so the last one counts its entries. */
const COUNTS = `
  select count(*) as tenants, coalesce(sum(revision + 1), 0) as entries
  from ledger.token_accounts where $1::text is null or tenant_id = $1`;
/** Rounded down lot by lot, and what is left over stays deferred: the three parts make up what was paid. */
const REVENUE = `
  with parts as (
    select currency, paid_minor_units as paid,
           div(paid_minor_units::numeric * (captured - refunded), tokens) as recognised,
           div(paid_minor_units::numeric * charged_back, tokens) as charged_back
    from ledger.lots
    where kind = 'purchased' and ($1::text is null or tenant_id = $1)
  )
  select currency, sum(paid) as paid, sum(recognised) as recognised,
         sum(charged_back) as charged_back, sum(paid - recognised - charged_back) as deferred
  from parts group by currency order by currency`;

/** The books as finance reads them. Amounts of views are decimal strings, times ISO 8601. */
export class LedgerQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Of one tenant, or of all. Reads every balance asked for: lots and open holds, never entries. */
  async trialBalance({ tenantId }: { readonly tenantId?: string } = {}): Promise<TrialBalance> {
    const parameters = [tenantId ?? null];
    const [rows, [counts]] = await Promise.all([
      this.sql<{ class: AccountClass; accounts: string; tokens: string }>(CLASSES, parameters),
      this.sql<{ tenants: string; entries: string }>(COUNTS, parameters),
    ]);
    const found = new Map(rows.map((row) => [row.class, row]));
    const classes = accountClasses.map((name) => ({
      accountClass: name,
      accounts: Number(found.get(name)?.accounts ?? 0),
      tokens: found.get(name)?.tokens ?? '0',
    }));
    const total = classes.reduce((sum, { tokens }) => sum + BigInt(tokens), 0n).toString();
    return {
      classes,
      total,
      tenants: Number(counts?.tenants),
      entries: Number(counts?.entries),
    };
  }

  /** Statement of a tenant, newest first. @throws InvalidCursor, RangeError */
  async entries(filter: EntryFilter): Promise<Page<LedgerEntryView>> {
    const { tenantId, generationId, from, to, cursor, limit } = filter;
    assertLimit(limit);
    const query = this.dataSource
      .getRepository(LedgerEntryRow)
      .createQueryBuilder('entry')
      .where('entry.tenantId = :tenantId', { tenantId });
    if (generationId !== undefined) {
      query.andWhere('entry.generationId = :generationId', { generationId });
    }
    if (from !== undefined) query.andWhere('entry.happenedAt >= :from', { from });
    if (to !== undefined) query.andWhere('entry.happenedAt < :to', { to });
    if (cursor !== undefined) {
      query.andWhere('entry.revision < :before', { before: revisionOf(cursor) });
    }
    const rows = await query
      .orderBy('entry.revision', 'DESC')
      .limit(limit + 1)
      .getMany();
    return pageOf(rows, limit, entryView, ({ revision }) => [String(revision)]);
  }

  /** What a tenant has, by account; holds are added up, since there may be thousands. */
  async balances({
    tenantId,
  }: {
    readonly tenantId: string;
  }): Promise<AccountBalances | undefined> {
    const [account, balances] = await Promise.all([
      this.dataSource.getRepository(LedgerTokenAccountRow).findOneBy({ tenantId }),
      this.dataSource
        .getRepository(LedgerBalanceRow)
        .createQueryBuilder('balance')
        .where('balance.tenantId = :tenantId', { tenantId })
        .andWhere("balance.account not like 'held:%'")
        .orderBy('balance.account')
        .getMany(),
    ]);
    return account === null ? undefined : accountBalances(account, balances);
  }

  /** All lots of a tenant, in the order they came in. */
  async lots({ tenantId }: { readonly tenantId: string }): Promise<readonly LotView[]> {
    const rows = await this.dataSource
      .getRepository(LedgerLotRow)
      .find({ where: { tenantId }, order: { receivedAt: 'ASC', lotId: 'ASC' } });
    return rows.map(lotView);
  }

  /** What was paid, and how much of it was earned, by lot price. Of one tenant, or of all. */
  async revenue({
    tenantId,
  }: {
    readonly tenantId?: string;
  } = {}): Promise<readonly RevenueOfCurrency[]> {
    const rows = await this.sql<Record<string, string>>(REVENUE, [tenantId ?? null]);
    return rows.map((row) => ({
      currency: row.currency as string,
      paid: row.paid as string,
      recognised: row.recognised as string,
      chargedBack: row.charged_back as string,
      deferred: row.deferred as string,
    }));
  }

  private sql<Row>(text: string, parameters: readonly unknown[]): Promise<Row[]> {
    return this.dataSource.query<Row[]>(text, [...parameters]);
  }
}

function revisionOf(cursor: string): number {
  const revision = Number(decodeCursor(cursor, 1)[0]);
  if (!Number.isSafeInteger(revision) || revision < 0 || revision > 2 ** 31 - 1) {
    throw new InvalidCursor();
  }
  return revision;
}

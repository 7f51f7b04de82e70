import type { BookedEntry } from '@imprest/domain';
import type { DataSource } from 'typeorm';
import { LedgerBalanceRow, LedgerLotRow, LedgerTokenAccountRow } from '../entities/index.js';
import type { Page } from './cursor.js';
import {
  type AccountFilter,
  type AccountView,
  accountPage,
  type BalanceView,
  balancePage,
} from './ledger-accounts.js';
import {
  type JournalFilter,
  journalPage,
  type StatementFilter,
  statementPage,
} from './ledger-entries.js';
import { exportJournal, type JournalExportScope } from './ledger-journal-export.js';
import type { JournalScope } from './ledger-scope.js';
import { type TrialBalance, trialBalance } from './ledger-trial-balance.js';
import {
  type AccountBalances,
  accountBalances,
  type JournalEntryView,
  type LedgerEntryView,
  type LotView,
  lotView,
  type RevenueOfCurrency,
} from './ledger-views.js';

/**
 * By lot price: what was earned from the first token on, what was taken back from the last. The
 * deferred rest makes up what was paid.
 */
const REVENUE = `
  with parts as (
    select currency, paid_minor_units as paid,
      div(paid_minor_units::numeric * (captured - refunded), tokens) as recognised,
      paid_minor_units
        - div(paid_minor_units::numeric * (tokens - charged_back - repaid), tokens) as taken_back
    from ledger.lots
    where kind = 'purchased' and ($1::text is null or tenant_id = $1)
  )
  select currency, sum(paid) as paid, sum(recognised) as recognised, sum(taken_back) as taken_back,
    sum(paid - recognised - taken_back) as deferred
  from parts group by currency order by currency`;

export interface ListPrice {
  readonly paidMinorUnits: bigint;
  readonly listMinorUnits: bigint;
}

/** Undefined for a lot without a discount. */
export type ListPrices = (tenantId: string, lotId: string) => ListPrice | undefined;

const LIST_PRICES = `
  select tenant_id, lot_id, paid_minor_units as paid, list_minor_units as list from ledger.lots
  where list_minor_units is not null and ($1::text is null or tenant_id = $1)`;

/** The books as finance reads them. Amounts of views are decimal strings, times ISO 8601. */
export class LedgerQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Of one tenant, or of all, now or at a time. */
  trialBalance(scope: JournalScope = {}): Promise<TrialBalance> {
    return trialBalance(this.dataSource, scope);
  }

  /** Statement of a tenant, newest first. @throws InvalidCursor, RangeError */
  entries(filter: StatementFilter): Promise<Page<LedgerEntryView>> {
    return statementPage(this.dataSource, filter);
  }

  /** The journal of one tenant, or of all, in the order of the store. @throws InvalidCursor, RangeError */
  journal(filter: JournalFilter): Promise<Page<JournalEntryView>> {
    return journalPage(this.dataSource, filter);
  }

  /** Every entry, month by month: see `exportJournal`. */
  export(scope: JournalExportScope): AsyncGenerator<readonly BookedEntry[]> {
    return exportJournal(this.dataSource, scope);
  }

  /** Accounts in use, by tenant and name. @throws InvalidCursor, RangeError */
  accounts(filter: AccountFilter): Promise<Page<AccountView>> {
    return accountPage(this.dataSource, filter);
  }

  /** By tenant, account and currency, now or at a time. @throws InvalidCursor, RangeError */
  accountBalances(filter: AccountFilter): Promise<Page<BalanceView>> {
    return balancePage(this.dataSource, filter);
  }

  async lot(tenantId: string, lotId: string): Promise<LotView | undefined> {
    const found = await this.dataSource.getRepository(LedgerLotRow).findOneBy({ tenantId, lotId });
    return found === null ? undefined : lotView(found);
  }

  /** What a tenant has, by account; holds are added up, since there may be thousands. */
  async balances({
    tenantId,
  }: {
    readonly tenantId: string;
  }): Promise<AccountBalances | undefined> {
    const [account, balances, held] = await Promise.all([
      this.dataSource.getRepository(LedgerTokenAccountRow).findOneBy({ tenantId }),
      this.dataSource
        .getRepository(LedgerBalanceRow)
        .createQueryBuilder('balance')
        .where('balance.tenantId = :tenantId', { tenantId })
        .andWhere("balance.account not like 'held:%'")
        .orderBy('balance.account')
        .addOrderBy('balance.currency')
        .getMany(),
      this.heldOf(tenantId),
    ]);
    return account === null ? undefined : accountBalances(account, [...balances, ...held]);
  }

  /** All lots of a tenant, in the order they came in. */
  async lots({ tenantId }: { readonly tenantId: string }): Promise<readonly LotView[]> {
    const rows = await this.dataSource
      .getRepository(LedgerLotRow)
      .find({ where: { tenantId }, order: { receivedAt: 'ASC', lotId: 'ASC' } });
    return rows.map(lotView);
  }

  /** Lots that were sold with a discount, of one tenant or of all: what was paid, and what it would have been. */
  async listPrices({ tenantId }: { readonly tenantId?: string } = {}): Promise<ListPrices> {
    const rows = await this.dataSource.query<Record<string, string>[]>(LIST_PRICES, [
      tenantId ?? null,
    ]);
    const prices = rows.map(({ tenant_id, lot_id, paid, list }): [string, ListPrice] => [
      `${tenant_id} ${lot_id}`,
      { paidMinorUnits: BigInt(paid as string), listMinorUnits: BigInt(list as string) },
    ]);
    const byLot = new Map(prices);
    return (tenant, lotId) => byLot.get(`${tenant} ${lotId}`);
  }

  /** What was paid, and how much of it was earned, by lot price. Of one tenant, or of all. */
  async revenue({
    tenantId,
  }: {
    readonly tenantId?: string;
  } = {}): Promise<readonly RevenueOfCurrency[]> {
    const rows = await this.dataSource.query<Record<string, string>[]>(REVENUE, [tenantId ?? null]);
    return rows.map((row) => ({
      currency: row.currency as string,
      paid: row.paid as string,
      recognised: row.recognised as string,
      takenBack: row.taken_back as string,
      deferred: row.deferred as string,
    }));
  }

  private async heldOf(tenantId: string): Promise<readonly LedgerBalanceRow[]> {
    const held = `select currency, sum(tokens) as tokens, sum(minor_units) as minor_units
      from ledger.balances where tenant_id = $1 and account like 'held:%'
      group by currency order by currency`;
    const rows = await this.dataSource.query<Record<string, string>[]>(held, [tenantId]);
    return rows.map(({ currency, tokens, minor_units: minorUnits }) => ({
      ...{ tenantId, account: 'held', currency: currency as string },
      ...{ tokens: BigInt(tokens as string), minorUnits: BigInt(minorUnits as string) },
    }));
  }
}

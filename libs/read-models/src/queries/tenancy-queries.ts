import type { ApiKeyScope } from '@imprest/domain';
import type { DataSource } from 'typeorm';
import { ApiKeyRow, ApiKeyUsageRow, LedgerTokenAccountRow, TenantRow } from '../entities/index.js';
import type { Page } from './cursor.js';
import { sortedPage } from './sorted-page.js';
import { type SortedPageRequest, Sorting, time } from './sorting.js';
import { type TenantDetails, tenantDetails } from './tenant-details.js';

export interface TenantView {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
}

/** An API key as a list may show it; times are ISO 8601. */
export interface ApiKeyView {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly ApiKeyScope[];
  /** Aliases of the models that it may use; null for all. */
  readonly models: readonly string[] | null;
  readonly requestsPerMinute: number;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  /** Id of the successor. */
  readonly rotatedTo: string | null;
  /** The earlier of its expiry and the end of its overlap with the successor. */
  readonly validUntil: string | null;
  readonly revokedAt: string | null;
  readonly revokedReason: string | null;
  /** Null when it was never used. */
  readonly lastUsedAt: string | null;
  /** Decimal string. */
  readonly requests: string;
}

export interface TenantFilter extends SortedPageRequest<'createdAt'> {
  /** Part of the name, or the beginning of the id. */
  readonly text?: string;
  readonly frozen?: boolean;
}

const orders = new Sorting({ createdAt: time('createdAt') }, '-createdAt');
const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&');

export class TenancyQueries {
  constructor(private readonly dataSource: DataSource) {}

  async tenant(id: string): Promise<TenantView | undefined> {
    const row = await this.dataSource.getRepository(TenantRow).findOneBy({ id });
    if (row === null) return undefined;
    return { id, name: row.name, createdAt: row.createdAt.toISOString() };
  }

  details(id: string, now: Date): Promise<TenantDetails> {
    return tenantDetails(this.dataSource, id, now);
  }

  /** Newest first. @throws InvalidCursor, RangeError */
  async tenants(request: TenantFilter): Promise<Page<TenantView>> {
    const { text, frozen } = request;
    const query = this.dataSource.getRepository(TenantRow).createQueryBuilder('tenant');
    if (text !== undefined) {
      const parameters = { prefix: `${literal(text)}%`, part: `%${literal(text)}%` };
      query.andWhere('(tenant.id like :prefix or tenant.name ilike :part)', parameters);
    }
    if (frozen !== undefined) {
      const own = 'account.tenantId = tenant.id';
      query.leftJoin(LedgerTokenAccountRow, 'account', own);
      query.andWhere(`account.frozen is ${frozen ? 'not ' : ''}null`);
    }
    return sortedPage(query, orders, request, {
      item: ({ id, name, createdAt }) => ({ id, name, createdAt: createdAt.toISOString() }),
    });
  }

  /** Newest first, revoked and expired ones among them. @throws InvalidCursor, RangeError */
  async listKeys(
    request: SortedPageRequest<'createdAt'> & { readonly tenantId: string },
  ): Promise<Page<ApiKeyView>> {
    const { tenantId } = request;
    const query = this.dataSource
      .getRepository(ApiKeyRow)
      .createQueryBuilder('apiKey')
      .where('apiKey.tenantId = :tenantId', { tenantId });
    const page = await sortedPage(query, orders, request, { item: (row) => row });
    const used = await this.usage(page.items.map(({ id }) => id));
    return { ...page, items: page.items.map((row) => viewOf(row, used.get(row.id))) };
  }

  async key(tenantId: string, id: string): Promise<ApiKeyView | undefined> {
    const row = await this.dataSource.getRepository(ApiKeyRow).findOneBy({ tenantId, id });
    return row === null ? undefined : viewOf(row, (await this.usage([id])).get(id));
  }

  private async usage(ids: readonly string[]): Promise<Map<string, ApiKeyUsageRow>> {
    const rows = await this.dataSource
      .getRepository(ApiKeyUsageRow)
      .createQueryBuilder('usage')
      .where('usage.id = any(:ids)', { ids })
      .getMany();
    return new Map(rows.map((row) => [row.id, row]));
  }
}

function viewOf(row: ApiKeyRow, usage: ApiKeyUsageRow | undefined): ApiKeyView {
  const { revision: _revision, ...shown } = row;
  const iso = (time: Date | null | undefined) => time?.toISOString() ?? null;
  return {
    ...shown,
    createdAt: row.createdAt.toISOString(),
    expiresAt: iso(row.expiresAt),
    validUntil: iso(row.validUntil),
    revokedAt: iso(row.revokedAt),
    lastUsedAt: iso(usage?.lastUsedAt),
    requests: String(usage?.requests ?? 0n),
  };
}

import {
  ApiKeyAuthenticator,
  ApiKeys,
  type ApiKeyTerms,
  type CommandContext,
  DomainFailure,
} from '@imprest/application';
import { domainError } from '@imprest/domain';
import { type ApiKeyView, TenancyQueries } from '@imprest/read-models';
import { Injectable } from '@nestjs/common';
import { pageLimit } from '../http/page-limit.js';
import type { CreatedPageQuery } from '../http/page-query.js';
import type { IssueKeyBody } from './requests.js';

const DAY_SECONDS = 86_400;

/** What is asked for of a new key; what is left out is not among it. */
export function wantedTerms(body: IssueKeyBody): Partial<ApiKeyTerms> & { readonly name: string } {
  const { name, scopes, models, expiresAt, requestsPerMinute } = body;
  return {
    name,
    ...(scopes !== undefined && { scopes }),
    ...(models !== undefined && { models }),
    ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
    ...(requestsPerMinute !== undefined && { requestsPerMinute }),
  };
}

/** What the routes of keys do, for operators and for tenants: a change is felt here at once. */
@Injectable()
export class KeyDesk {
  constructor(
    private readonly keys: ApiKeys,
    private readonly authenticator: ApiKeyAuthenticator,
    private readonly tenancy: TenancyQueries,
  ) {}

  async page(tenantId: string, { sort, cursor, limit }: CreatedPageQuery) {
    const asked = { tenantId, sort, cursor, limit: pageLimit(limit) };
    const page = await this.tenancy.listKeys(asked);
    return { keys: page.items, nextCursor: page.nextCursor };
  }

  /** Lists know of a key within moments. @throws DomainFailure not_found */
  async get(tenantId: string, id: string): Promise<ApiKeyView> {
    const found = await this.tenancy.key(tenantId, id);
    if (found !== undefined) return found;
    throw new DomainFailure(domainError('not_found', `there is no key ${id}`));
  }

  issue(tenantId: string, mode: IssueKeyBody['mode'], terms: ApiKeyTerms, context: CommandContext) {
    return this.keys.issue(tenantId, mode ?? 'live', terms, context);
  }

  /** @param overlapSeconds a day when absent. @throws DomainFailure not_found, conflict */
  async rotate(
    tenantId: string,
    keyId: string,
    overlapSeconds: number | undefined,
    context: CommandContext,
  ) {
    const rotated = await this.keys.rotate(tenantId, keyId, overlapSeconds ?? DAY_SECONDS, context);
    this.authenticator.forgetAll();
    return rotated;
  }

  /** @throws DomainFailure not_found */
  async revoke(
    tenantId: string,
    keyId: string,
    reason: string,
    context: CommandContext,
  ): Promise<void> {
    await this.keys.revoke(tenantId, keyId, reason, context);
    this.authenticator.forgetAll();
  }
}

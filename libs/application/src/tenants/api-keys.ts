import {
  type ApiKeyScope,
  type DomainError,
  defaultApiKeyScopes,
  domainError,
} from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { apiKeyStream, tokenAccountStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { Clock } from '../ports/clock.js';
import { CLOCK, SECRETS } from '../ports/tokens.js';
import type { Secrets } from '../secrets.js';
import {
  type ApiKeyMode,
  apiKeyHash,
  apiKeyId,
  type NewApiKey,
  newApiKey,
} from './api-key-format.js';

export interface ApiKeyTerms {
  readonly name: string;
  /** defaultApiKeyScopes when absent. */
  readonly scopes?: readonly ApiKeyScope[];
  /** Aliases; all models when absent or null. */
  readonly models?: readonly string[] | null;
  readonly expiresAt: string | null;
  readonly requestsPerMinute: number;
}

export const DEFAULT_REQUESTS_PER_MINUTE = 500;

/** Issues, rotates and revokes the keys of tenants. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The answer is the only time the key is seen. @throws DomainFailure validation_error */
  async issue(
    tenantId: string,
    mode: ApiKeyMode,
    terms: ApiKeyTerms,
    context: CommandContext,
  ): Promise<NewApiKey> {
    const created = newApiKey(mode);
    await this.record(tenantId, created, terms, context);
    return created;
  }

  /** For a key given by the operator's configuration. Safe to repeat at every start. */
  async adopt(
    tenantId: string,
    key: string,
    terms: ApiKeyTerms,
    context: CommandContext,
  ): Promise<void> {
    const id = apiKeyId(key);
    if (id === undefined) throw new Error('the configured key is not a well-formed Imprest key');
    await this.record(tenantId, { key, id, prefix: key.slice(0, 21) }, terms, context);
  }

  /** A successor with the same terms; the old key works on until `validUntil`. */
  async rotate(
    tenantId: string,
    id: string,
    overlapSeconds: number,
    context: CommandContext,
  ): Promise<NewApiKey & { readonly previousValidUntil: string }> {
    const old = await this.own(tenantId, id);
    const now = this.clock.now();
    const previousValidUntil = new Date(now.getTime() + overlapSeconds * 1000).toISOString();
    const mode = old.prefix.startsWith('imp_test_') ? 'test' : 'live';
    const created = await this.issue(tenantId, mode, old, context);
    await this.shareBudget(tenantId, id, created.id, context);
    const command = {
      type: 'RotateApiKey',
      successorId: created.id,
      validUntil: previousValidUntil,
    } as const;
    const result = await this.runner.run(apiKeyStream, id, command, context);
    if (result.kind === 'rejected') {
      await this.revoke(tenantId, created.id, 'rotation was refused', context);
      throw new DomainFailure(result.error);
    }
    return { ...created, previousValidUntil };
  }

  /** Before the rotation: a successor never spends beside the budget of the old key. */
  private async shareBudget(
    tenantId: string,
    oldId: string,
    newId: string,
    context: CommandContext,
  ): Promise<void> {
    const from = { kind: 'apiKey', id: oldId } as const;
    const subject = { kind: 'apiKey', id: newId } as const;
    const command = { type: 'ShareBudget', from, subject } as const;
    await this.runner.run(tokenAccountStream, tenantId, command, context);
  }

  /** Safe to repeat. */
  async revoke(
    tenantId: string,
    id: string,
    reason: string,
    context: CommandContext,
  ): Promise<void> {
    await this.own(tenantId, id);
    await this.runner.run(apiKeyStream, id, { type: 'RevokeApiKey', reason }, context);
  }

  /** @throws DomainFailure not_found when it is no key of the tenant */
  async own(tenantId: string, id: string) {
    const issued = await this.runner.read(apiKeyStream, id, (state) => state.issued);
    if (issued?.tenantId !== tenantId) throw new DomainFailure(noSuchKey(id));
    return issued;
  }

  private async record(
    tenantId: string,
    { key, id, prefix }: NewApiKey,
    {
      name,
      scopes = defaultApiKeyScopes,
      models = null,
      expiresAt,
      requestsPerMinute,
    }: ApiKeyTerms,
    context: CommandContext,
  ): Promise<void> {
    const hash = apiKeyHash(this.secrets.apiKeyPepper, key);
    const now = this.clock.now().toISOString();
    const may = { scopes, models, requestsPerMinute };
    const issued = { tenantId, name, prefix, hash, expiresAt, ...may };
    const command = { type: 'IssueApiKey', key: issued, now } as const;
    const result = await this.runner.run(apiKeyStream, id, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
  }
}

function noSuchKey(id: string): DomainError {
  return domainError('not_found', `there is no key ${id}`);
}

import { randomBytes } from 'node:crypto';
import { domainError, type SealedSecret } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { sealText, unsealText } from '../confidential/index.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { tenantStream, tokenAccountStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { derivedId } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import type { DataKeys } from '../ports/data-keys.js';
import { CLOCK, DATA_KEYS } from '../ports/tokens.js';

export interface TokenGrant {
  /** Names the grant: the same one twice is one grant. */
  readonly grantId: string;
  readonly tokens: bigint;
  readonly reason: string;
  readonly expiresAt: string | null;
}

export interface CreatedTenant {
  readonly tenantId: string;
  /** `whsec_…`, in the answer to the creation only. */
  readonly webhookSecret: string;
}

const newWebhookSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

/** Tenants, their webhook secrets and what the operator grants them. */
@Injectable()
export class Tenants {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Creates the tenant and opens its account. Safe to repeat: the answer names the secret that signs,
   * which is the first call's. @throws DomainFailure conflict when the id is taken under another name
   */
  async create(tenantId: string, name: string, context: CommandContext): Promise<CreatedTenant> {
    const webhookSecret = newWebhookSecret();
    const sealed = await this.seal(tenantId, webhookSecret);
    const command = { type: 'CreateTenant', name, webhookSecret: sealed } as const;
    const result = await this.runner.run(tenantStream, tenantId, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    const isNew = result.kind === 'accepted' && result.events.length > 0;
    if (!isNew) await this.dataKeys.destroy([sealed.dataKeyId]);
    await this.runner.run(tokenAccountStream, tenantId, { type: 'OpenAccount', tenantId }, context);
    const [signing = webhookSecret] = await this.webhookSecrets(tenantId);
    return { tenantId, webhookSecret: signing };
  }

  /**
   * What every new tenant is given. Safe to repeat: there is one such grant, of the first amount.
   * @throws DomainFailure not_found
   */
  async welcome(tenantId: string, tokens: bigint, context: CommandContext): Promise<void> {
    if (tokens === 0n) return;
    const grantId = derivedId('lot', tenantId, 'new account');
    const grant = { grantId, tokens, reason: 'credits of a new account', expiresAt: null };
    await this.grant(tenantId, grant, context).catch((error: unknown) => {
      const before = error instanceof DomainFailure && error.error.code === 'conflict';
      if (!before) throw error;
    });
  }

  async exists(tenantId: string): Promise<boolean> {
    return (await this.name(tenantId)) !== null;
  }

  /** Null when there is no such tenant. */
  name(tenantId: string): Promise<string | null> {
    return this.runner.read(tenantStream, tenantId, (state) => state.name);
  }

  /** Safe to repeat. @throws DomainFailure not_found, validation_error, conflict */
  async grant(tenantId: string, grant: TokenGrant, context: CommandContext): Promise<void> {
    if (!(await this.exists(tenantId))) throw noSuchTenant(tenantId);
    const { grantId: lotId, tokens, reason, expiresAt } = grant;
    const now = this.clock.now().toISOString();
    const command = { type: 'GrantTokens', lotId, tokens, reason, expiresAt, now } as const;
    const result = await this.runner.run(tokenAccountStream, tenantId, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
  }

  /**
   * Stops the account from making new holds, or lets it go on. Safe to repeat; an account that is frozen
   * already keeps its first reason.
   * @throws DomainFailure not_found
   */
  async setFrozen(
    tenantId: string,
    frozen: boolean,
    reason: string,
    context: CommandContext,
  ): Promise<void> {
    if (!(await this.exists(tenantId))) throw noSuchTenant(tenantId);
    const type = frozen ? 'FreezeAccount' : 'UnfreezeAccount';
    const result = await this.runner.run(tokenAccountStream, tenantId, { type, reason }, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
  }

  /** Safe to repeat. The caller knows that there is such a tier. @throws DomainFailure not_found */
  async assignTier(tenantId: string, tier: string, context: CommandContext): Promise<void> {
    const command = { type: 'AssignTier', tier } as const;
    const result = await this.runner.run(tenantStream, tenantId, command, context);
    if (result.kind === 'rejected') throw noSuchTenant(tenantId);
  }

  /** Null while none is assigned. */
  tier(tenantId: string): Promise<string | null> {
    return this.runner.read(tenantStream, tenantId, (state) => state.tier);
  }

  /** The old secret signs along until the overlap ends. @throws DomainFailure not_found */
  async rotateWebhookSecret(
    tenantId: string,
    overlapSeconds: number,
    context: CommandContext,
  ): Promise<{ readonly webhookSecret: string; readonly previousValidUntil: string }> {
    if (!(await this.exists(tenantId))) throw noSuchTenant(tenantId);
    const webhookSecret = newWebhookSecret();
    const sealed = await this.seal(tenantId, webhookSecret);
    const until = this.clock.now().getTime() + overlapSeconds * 1000;
    const previousValidUntil = new Date(until).toISOString();
    const command = {
      type: 'RotateWebhookSecret',
      webhookSecret: sealed,
      previousValidUntil,
    } as const;
    const result = await this.runner.run(tenantStream, tenantId, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    return { webhookSecret, previousValidUntil };
  }

  /** Secrets that sign now, the newest first. */
  async webhookSecrets(tenantId: string): Promise<readonly string[]> {
    const now = this.clock.now().toISOString();
    const current = await this.runner.read(tenantStream, tenantId, (state) => {
      const { webhookSecret, previousWebhookSecret: previous } = state;
      return previous !== null && now < previous.validUntil
        ? [webhookSecret, previous]
        : [webhookSecret];
    });
    const sealed = current.filter((secret) => secret !== null);
    const keys = await this.dataKeys.open(sealed.map(({ dataKeyId }) => dataKeyId));
    return sealed.flatMap(({ sealed: text, dataKeyId }) => {
      const key = keys.get(dataKeyId);
      return key === undefined ? [] : [unsealText(key, text, tenantId)];
    });
  }

  private async seal(tenantId: string, secret: string): Promise<SealedSecret> {
    const key = await this.dataKeys.take();
    return { sealed: sealText(key, secret, tenantId), dataKeyId: key.id };
  }
}

export function noSuchTenant(tenantId: string): DomainFailure {
  return new DomainFailure(domainError('not_found', `there is no tenant ${tenantId}`));
}

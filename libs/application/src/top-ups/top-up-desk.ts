import {
  domainError,
  type Money,
  type Operator,
  type TopUpCommand,
  type TopUpTerms,
} from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { topUpStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { derivedId } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import { CLOCK } from '../ports/tokens.js';
import { Tenants } from '../tenants/tenants.js';

export interface ManualCredit {
  readonly tokens: bigint;
  readonly received: Money;
  /** Of the payment, such as the bank's: the same one twice is one credit. */
  readonly reference: string;
  readonly reason: string;
}

const DAY_MS = 86_400_000;
const MANUAL = 'manual';

/**
 * What operators do by hand: record payments that no program can see, decide on those that no rule
 * can, and have money sent back. Every step is an event that names who and why.
 */
@Injectable()
export class TopUpDesk {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly tenants: Tenants,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A top-up that begins with its payment. Above the limit it stays under review until another operator
   * approves it.
   * @throws DomainFailure not_found, validation_error, forbidden, conflict
   */
  async creditByHand(
    tenantId: string,
    credit: ManualCredit,
    operator: Operator,
    limit: bigint,
    context: CommandContext,
  ): Promise<string> {
    if (!(await this.tenants.exists(tenantId))) {
      throw new DomainFailure(domainError('not_found', `there is no tenant ${tenantId}`));
    }
    const { tokens, received, reference } = credit;
    const id = derivedId('top', MANUAL, tenantId, reference);
    const terms: TopUpTerms = {
      ...{ packageId: null, packagesVersion: null, discountTier: null },
      ...{ tokens, listPrice: received, price: received },
    };
    const expiresAt = new Date(this.clock.now().getTime() + DAY_MS).toISOString();
    const request = { tenantId, provider: MANUAL, terms, expiresAt, returnUrl: null };
    await this.run(id, { type: 'RequestTopUp', ...request }, context);
    await this.recordPayment(id, credit, operator, limit, context);
    return id;
  }

  /** The payment of a top-up that was ordered to be paid by hand. @throws DomainFailure as above */
  async recordPayment(
    id: string,
    { tokens, received, reference, reason }: ManualCredit,
    operator: Operator,
    limit: bigint,
    context: CommandContext,
  ): Promise<void> {
    const tenantId = await this.runner.read(topUpStream, id, (state) => state.tenantId);
    const paymentId = derivedId('pay', MANUAL, tenantId, reference);
    const payment = { paymentId, received, operator, tokens, reason, limit };
    await this.run(id, { type: 'RecordManualPayment', ...payment }, context);
  }

  /** @param tokens null for what the money buys. @throws DomainFailure as above */
  async decide(
    id: string,
    decision: 'credit' | 'refuse',
    { tokens, reason }: { readonly tokens: bigint | null; readonly reason: string },
    operator: Operator,
    limit: bigint,
    context: CommandContext,
  ): Promise<void> {
    const review = { decision, operator, reason, tokens, limit };
    await this.run(id, { type: 'DecideReview', ...review }, context);
  }

  /** @param minorUnits null for all that is left. @throws DomainFailure as above */
  async refund(
    id: string,
    refund: {
      readonly requestId: string;
      readonly minorUnits: bigint | null;
      readonly reason: string;
    },
    operator: Operator,
    context: CommandContext,
  ): Promise<void> {
    const command = { type: 'RequestRefund', ...refund, operator: operator.name } as const;
    await this.run(id, command, context);
  }

  private async run(id: string, command: TopUpCommand, context: CommandContext): Promise<void> {
    const result = await this.runner.run(topUpStream, id, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
  }
}

import {
  domainError,
  isSoldIn,
  moneyText,
  type TopUpTerms,
  validationError,
} from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { topUpStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { idOfRequest } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import {
  type PaymentProvider,
  type PaymentProviders,
  PaymentProviderUnavailable,
  PaymentRefused,
} from '../ports/payment-provider.js';
import { CLOCK, PAYMENT_PROVIDERS, TOP_UP_INDEX, TOP_UP_PACKAGES } from '../ports/tokens.js';
import type { TopUpIndex } from '../ports/top-up-index.js';
import { observePayment } from './observe-payment.js';
import { type TopUpPackages, termsOf } from './top-up-packages.js';

export interface TopUpOrder {
  readonly tenantId: string;
  readonly packageId: string;
  /** The first that the package is sold in when absent. */
  readonly currency: string | undefined;
  readonly provider: string;
  readonly returnUrl: string;
  readonly idempotencyKey: string | null;
}

export interface OrderedTopUp {
  readonly id: string;
  readonly replayed: boolean;
}

/** A checkout costs a call to a provider: nobody needs more of them at a time. */
const MOST_WAITING = 20;

/** Orders of tokens: the price is frozen first, then a checkout is opened for it. */
@Injectable()
export class TopUpOrders {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(PAYMENT_PROVIDERS) private readonly providers: PaymentProviders,
    @Inject(TOP_UP_PACKAGES) private readonly packages: TopUpPackages,
    @Inject(TOP_UP_INDEX) private readonly index: TopUpIndex,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Safe to repeat under an idempotency key, also after a provider did not answer: the price of the first
   * call holds, and the checkout is opened once.
   * @throws DomainFailure validation_error, conflict, unavailable when the provider does not answer,
   * provider_error when it refuses
   */
  async order(order: TopUpOrder, context: CommandContext): Promise<OrderedTopUp> {
    const provider = this.provider(order.provider);
    const terms = this.terms(order);
    const { tenantId, idempotencyKey, returnUrl } = order;
    const now = this.clock.now().getTime();
    const id = idOfRequest('top', now, tenantId, idempotencyKey);
    const known = await this.runner.read(topUpStream, id, ({ status }) => status);
    if (known === 'none') await this.checkWaiting(tenantId);
    const expiresAt = new Date(now + this.packages.holdMinutes * 60_000).toISOString();
    const result = await this.runner.run(
      topUpStream,
      id,
      { type: 'RequestTopUp', tenantId, provider: provider.name, terms, expiresAt, returnUrl },
      context,
    );
    if (result.kind === 'rejected') {
      const message = 'this Idempotency-Key was used before with another request';
      throw new DomainFailure(
        result.error.code === 'conflict' ? domainError('conflict', message) : result.error,
      );
    }
    const replayed = result.kind === 'accepted' && result.events.length === 0;
    await this.openCheckout(id, provider, context);
    return { id, replayed };
  }

  private provider(name: string): PaymentProvider {
    const provider = this.providers.get(name);
    if (provider !== undefined) return provider;
    const names = [...this.providers.keys()].join(', ');
    throw new DomainFailure(validationError('provider', `must be one of ${names}`));
  }

  private terms({ packageId, currency }: TopUpOrder): TopUpTerms {
    const { packages } = this.packages;
    const found = packages.find(({ id }) => id === packageId);
    if (found === undefined) {
      const ids = packages.map(({ id }) => id).join(', ');
      throw new DomainFailure(validationError('package', `must be one of ${ids}`));
    }
    const sold = found.prices.map(({ price }) => price.currency);
    const terms = termsOf(this.packages, found, currency ?? sold[0] ?? '');
    if (terms === undefined || !isSoldIn(terms.price.currency)) {
      throw new DomainFailure(validationError('currency', `must be one of ${sold.join(', ')}`));
    }
    return terms;
  }

  private async checkWaiting(tenantId: string): Promise<void> {
    if ((await this.index.countWaiting(tenantId)) < MOST_WAITING) return;
    const message = `${MOST_WAITING} top-ups wait for payment: pay one or let it expire`;
    throw new DomainFailure(domainError('conflict', message));
  }

  private async openCheckout(
    id: string,
    provider: PaymentProvider,
    context: CommandContext,
  ): Promise<void> {
    const { status, terms, expiresAt, returnUrl } = await this.runner.read(
      topUpStream,
      id,
      (state) => state,
    );
    if (status !== 'requested' || terms === null) return;
    const request = {
      topUpId: id,
      amount: terms.price,
      description: `${terms.tokens} tokens for ${moneyText(terms.price)}`,
      expiresAt,
      returnUrl: returnUrl ?? '',
    };
    try {
      const checkout = await provider.openCheckout(request);
      const nothing = { payment: null, irregularity: null, refunds: [], disputes: [] };
      const observation = { ...checkout, status: 'open', ...nothing } as const;
      await observePayment(this.runner, id, observation, context);
    } catch (error) {
      if (error instanceof PaymentRefused) await this.fail(id, error.message, context);
      throw worded(provider.name, error);
    }
  }

  private async fail(id: string, reason: string, context: CommandContext): Promise<void> {
    await this.runner.run(topUpStream, id, { type: 'FailTopUp', reason }, context);
  }
}

function worded(provider: string, error: unknown): unknown {
  if (error instanceof PaymentProviderUnavailable) {
    const message = `${provider} does not answer: try again with the same Idempotency-Key`;
    return withCause(new DomainFailure(domainError('unavailable', message)), error);
  }
  if (error instanceof PaymentRefused) {
    const message = `${provider} does not take this order`;
    return withCause(new DomainFailure(domainError('provider_error', message)), error);
  }
  return error;
}

function withCause(failure: DomainFailure, cause: Error): DomainFailure {
  failure.cause = cause;
  return failure;
}

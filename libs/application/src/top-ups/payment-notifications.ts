import { domainError } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { DomainFailure } from '../domain-failure.js';
import type { Clock } from '../ports/clock.js';
import {
  ForgedNotification,
  type ObservedPayment,
  type PaymentNotification,
  type PaymentProvider,
  type PaymentProviders,
  PaymentProviderUnavailable,
} from '../ports/payment-provider.js';
import { CLOCK, PAYMENT_PROVIDERS } from '../ports/tokens.js';
import { type ObservedResult, observePayment } from './observe-payment.js';

/** `duplicate`: this delivery was worked on before. `nothing`: it is about no payment of ours. */
export type NotificationOutcome = 'observed' | 'duplicate' | 'nothing';

const TOP_UP_ID = /^top_[0-9a-z]{26}$/;
const REMEMBERED = 10_000;

export function observedBy(provider: string, cause: string, topUpId: string): CommandContext {
  return {
    correlationId: topUpId,
    causationId: cause,
    actor: { kind: 'system', id: `payments-${provider}` },
  };
}

/**
 * What providers send by themselves. A notification says that something happened, never what: the
 * payment is fetched from the provider before anything is believed. Deliveries met before are let go
 * without a call; that is a saving, while it is the top-up's stream that makes duplicates harmless.
 */
@Injectable()
export class PaymentNotifications {
  private readonly done = new Set<string>();

  constructor(
    private readonly runner: DeciderRunner,
    @Inject(PAYMENT_PROVIDERS) private readonly providers: PaymentProviders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainFailure not_found, unauthorized for a forgery, unavailable to be sent again */
  async receive(
    providerName: string,
    body: Uint8Array,
    headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  ): Promise<NotificationOutcome> {
    const provider = this.providers.get(providerName);
    if (provider === undefined) {
      throw new DomainFailure(domainError('not_found', `no payments come from ${providerName}`));
    }
    const { deliveryId, subject } = this.read(provider, body, headers);
    const delivery = `${provider.name}:${deliveryId}`;
    if (this.done.has(delivery)) return 'duplicate';
    const observed = subject === null ? undefined : await this.fetch(provider, subject);
    const result = await this.observe(provider.name, delivery, observed);
    this.remember(delivery);
    return result?.kind === 'observed' ? 'observed' : 'nothing';
  }

  private read(
    provider: PaymentProvider,
    body: Uint8Array,
    headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  ): PaymentNotification {
    try {
      return provider.readNotification(body, headers, this.clock.now());
    } catch (error) {
      if (!(error instanceof ForgedNotification)) throw error;
      throw new DomainFailure(domainError('unauthorized', error.message));
    }
  }

  private async fetch(
    provider: PaymentProvider,
    subject: string,
  ): Promise<ObservedPayment | undefined> {
    try {
      return await provider.fetch(subject);
    } catch (error) {
      if (!(error instanceof PaymentProviderUnavailable)) throw error;
      const failure = new DomainFailure(
        domainError('unavailable', `${provider.name} does not answer: send it again`),
      );
      failure.cause = error;
      throw failure;
    }
  }

  private async observe(
    provider: string,
    cause: string,
    observed: ObservedPayment | undefined,
  ): Promise<ObservedResult | undefined> {
    const topUpId = observed?.topUpId ?? '';
    if (observed === undefined || !TOP_UP_ID.test(topUpId)) return undefined;
    const context = observedBy(provider, cause, topUpId);
    return observePayment(this.runner, topUpId, observed.observation, context);
  }

  private remember(delivery: string): void {
    if (this.done.size >= REMEMBERED) this.done.clear();
    this.done.add(delivery);
  }
}

import type { FindingSubject, PaymentObservation, TopUpState } from '@imprest/domain';
import type { EventStore } from '../../ports/event-store.js';
import type { ObservedPayment, PaymentProviders } from '../../ports/payment-provider.js';
import type { ReconciliationBooks } from '../../ports/reconciliation-books.js';
import { loadTopUp } from '../../top-ups/top-up-record.js';
import type { FoundThing } from '../audit-findings.js';

export interface PaymentReconciliationServices {
  readonly eventStore: Pick<EventStore, 'readStream'>;
  readonly books: ReconciliationBooks;
  readonly providers: PaymentProviders;
}

const moneyText = (amount: { readonly minorUnits: bigint; readonly currency: string }) =>
  `${amount.minorUnits} minor units of ${amount.currency}`;

/** Top-ups beside what the providers say of the same payments, and beside the lots they became. */
export class PaymentReconciliation {
  /** Payments looked at so far. */
  matched = 0;

  constructor(private readonly services: PaymentReconciliationServices) {}

  /**
   * Payments to which something happened since then.
   * @throws PaymentProviderUnavailable
   */
  async *differences(since: Date): AsyncGenerator<FoundThing> {
    for (const provider of this.services.providers.values()) {
      for await (const observed of provider.list(since)) {
        this.matched += 1;
        yield* this.compare(provider.name, observed);
      }
    }
  }

  private async *compare(
    provider: string,
    { topUpId, observation }: ObservedPayment,
  ): AsyncGenerator<FoundThing> {
    const payment: FindingSubject = { kind: 'payment', id: observation.checkoutId };
    const from: FindingSubject = { kind: 'provider', id: provider };
    const record =
      topUpId === null ? undefined : await loadTopUp(this.services.eventStore, topUpId);
    if (topUpId === null || record === undefined) {
      if (observation.payment === null) return;
      const message = `${moneyText(observation.payment.received)} came in for no top-up`;
      yield { check: 'paymentWithoutTopUp', subjects: [payment, from], message };
      return;
    }
    const subjects = [{ kind: 'topUp', id: topUpId }, payment, from];
    const { state } = record;
    for (const found of [...paymentDifferences(state, observation), ...(await this.lot(state))]) {
      yield { ...found, subjects };
    }
  }

  /** The lot that the top-up became, as the books have it. */
  private async lot({ credit, lotId, tenantId }: TopUpState) {
    if (credit === null || lotId === null) return [];
    const lot = await this.services.books.lot(tenantId, lotId);
    const check = 'creditAndBooksDiffer';
    if (lot === undefined) return [{ check, message: `lot ${lotId} is not in the books` }];
    const isSame =
      lot.tokens === credit.tokens &&
      lot.paid.minorUnits === credit.paid.minorUnits &&
      lot.paid.currency === credit.paid.currency;
    if (isSame) return [];
    const message = `lot ${lotId} has ${lot.tokens} tokens for ${moneyText(lot.paid)}, credited were ${credit.tokens} for ${moneyText(credit.paid)}`;
    return [{ check, message }];
  }
}

function paymentDifferences(state: TopUpState, observed: PaymentObservation) {
  const found: { readonly check: string; readonly message: string }[] = [];
  const received = observed.payment?.received;
  const isCertain = observed.status === 'settled' || observed.status === 'expired';
  if (isCertain && received !== undefined && state.credit === null && state.payment === null) {
    const message = `${moneyText(received)} came in, and the top-up is ${state.status}`;
    found.push({ check: 'paidButNotCredited', message });
  }
  if (state.credit !== null && (received === undefined || observed.status === 'failed')) {
    const message = `${state.credit.tokens} tokens were credited, and the provider has no money for them`;
    found.push({ check: 'creditedButNotPaid', message });
  }
  const amountDiffers =
    received !== undefined &&
    isCertain &&
    state.payment !== null &&
    (state.payment.received.minorUnits !== received.minorUnits ||
      state.payment.received.currency !== received.currency);
  if (amountDiffers && state.payment !== null) {
    const message = `the provider has ${moneyText(received)}, the top-up ${moneyText(state.payment.received)}`;
    found.push({ check: 'paymentAmountDiffers', message });
  }
  const known = new Set(state.refunds.map(({ refundId }) => refundId));
  for (const { refundId, amount } of observed.refunds) {
    if (known.has(refundId)) continue;
    const message = `refund ${refundId} of ${moneyText(amount)} is not known here`;
    found.push({ check: 'refundNotBooked', message });
  }
  const disputes = new Map(state.disputes.map(({ disputeId, status }) => [disputeId, status]));
  for (const { disputeId, status } of observed.disputes) {
    if (disputes.get(disputeId) === status) continue;
    const here = disputes.get(disputeId) ?? 'unknown';
    const message = `dispute ${disputeId} is ${status} at the provider and ${here} here`;
    found.push({ check: 'disputeDiffers', message });
  }
  return found;
}

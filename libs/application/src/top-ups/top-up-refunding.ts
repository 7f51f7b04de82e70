import type { RecordRefund, TopUpState } from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { causedBy } from '../command-context.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { topUpStream } from '../deciding/stream-types.js';
import {
  type PaymentProviders,
  PaymentRefused,
  type RefundOrder,
} from '../ports/payment-provider.js';

/**
 * Asks providers to send back money that an operator decided to. A provider that does not answer is asked
 * again under the same name until it does; one that refuses ends the matter. It stands apart from
 * crediting, so that a provider's silence keeps no tokens back.
 */
export class TopUpRefunding implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'top-up-refunding';
  readonly categories = ['topUp'];

  constructor(
    private readonly runner: DeciderRunner,
    private readonly providers: PaymentProviders,
  ) {}

  async react(recorded: RecordedEvent): Promise<void> {
    if (recorded.type !== 'RefundRequested') return;
    const event = toDomainEvent(recorded);
    if (event.type !== 'RefundRequested') return;
    const { requestId, amount, reason } = event.data;
    const id = streamId(recorded.stream);
    const state = await this.runner.read(topUpStream, id, (committed) => committed);
    const asked = state.refundRequests.find((known) => known.requestId === requestId);
    if (asked?.status !== 'requested') return;
    const result = await this.refund(state, { requestId, amount, reason });
    const command = { type: 'RecordRefund', requestId, result } as const;
    await this.runner.run(topUpStream, id, command, causedBy(recorded, this.name));
  }

  private async refund(
    { provider: name, checkout, payment }: TopUpState,
    order: Pick<RefundOrder, 'requestId' | 'amount' | 'reason'>,
  ): Promise<RecordRefund['result']> {
    const provider = this.providers.get(name);
    if (provider === undefined) {
      return { done: false, reason: `${name} is not set up any more` };
    }
    try {
      const paymentId = payment?.id ?? '';
      const checkoutId = checkout?.id ?? '';
      const { refundId } = await provider.refund({ ...order, checkoutId, paymentId });
      return { done: true, refundId };
    } catch (error) {
      if (error instanceof PaymentRefused) return { done: false, reason: error.message };
      throw error;
    }
  }
}

import {
  type Credit,
  type DisputeWon,
  partsTaken,
  type TokenAccountCommand,
  type TopUpState,
} from '@imprest/domain';
import { type RecordedEvent, streamId, toDomainEvent } from '@imprest/event-catalogue';
import { type CommandContext, causedBy } from '../command-context.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { tokenAccountStream, topUpStream } from '../deciding/stream-types.js';
import { derivedId } from '../identifiers.js';
import { paymentLotId, reinstatedLotId } from './lot-ids.js';

/** The list price of a part of the order, never below what was paid for it. */
function discountOf({ terms }: TopUpState, { tokens, paid }: Credit) {
  if (terms?.discountTier == null || paid.currency !== terms.listPrice.currency) return undefined;
  const share = (terms.listPrice.minorUnits * tokens) / terms.tokens;
  const listMinorUnits = share > paid.minorUnits ? share : paid.minorUnits;
  return { tier: terms.discountTier, listMinorUnits };
}

/**
 * Brings what top-ups decided onto accounts: tokens in, and out again when the money goes back.
 *
 * Exactly once, in effect: every lot and every taking has an id that follows from the payment, the refund
 * or the dispute, the account knows each id once, and events of one top-up come in their order.
 */
export class TopUpCrediting implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'top-up-crediting';
  readonly categories = ['topUp'];

  constructor(private readonly runner: DeciderRunner) {}

  async react(recorded: RecordedEvent): Promise<void> {
    const event = toDomainEvent(recorded);
    const id = streamId(recorded.stream);
    const context = causedBy(recorded, this.name);
    switch (event.type) {
      case 'PaymentConfirmed':
        return this.credit(id, context);
      case 'ReviewDecided':
        return event.data.decision === 'credit' ? this.credit(id, context) : undefined;
      case 'PaymentRefunded':
        return this.refund(id, event.data.refundId, context);
      case 'PaymentDisputed':
        return this.chargeBack(id, event.data.disputeId, event.data.reason, context);
      case 'DisputeWon':
        return this.reinstate(id, event.data, context);
    }
  }

  private async credit(id: string, context: CommandContext): Promise<void> {
    const state = await this.state(id);
    const { tenantId, provider, payment, credit } = state;
    if (payment === null || credit === null) return;
    const lotId = paymentLotId(provider, payment.id);
    const { tokens, paid } = credit;
    const purchase: TokenAccountCommand = {
      type: 'PurchaseTokens',
      lotId,
      tokens,
      paid,
      paymentId: payment.id,
      provider,
      discount: discountOf(state, credit),
    };
    await this.account(tenantId, { type: 'OpenAccount', tenantId }, context);
    await this.account(tenantId, purchase, context);
    await this.runner.run(topUpStream, id, { type: 'RecordCredit', lotId }, context);
  }

  /** Unused tokens leave their lot quietly; used ones are missed, which is what a charge-back is. */
  private async refund(id: string, refundId: string, context: CommandContext): Promise<void> {
    const state = await this.state(id);
    const reason = `payment refunded: ${refundId}`;
    for (const { lotId, takingId, tokens } of this.takings(state, refundId)) {
      const [isDone, available] = await this.runner.read(
        tokenAccountStream,
        state.tenantId,
        ({ purchaseRefundIds, chargeBackIds, lots }) => [
          purchaseRefundIds.has(takingId) || chargeBackIds.has(takingId),
          lots.get(lotId)?.available ?? 0n,
        ],
      );
      if (isDone) continue;
      const command: TokenAccountCommand =
        available >= tokens
          ? { type: 'RefundPurchase', purchaseRefundId: takingId, lotId, tokens, reason }
          : { type: 'ChargeBack', chargeBackId: takingId, lotId, tokens, reason };
      await this.account(state.tenantId, command, context);
    }
  }

  private async chargeBack(
    id: string,
    disputeId: string,
    reason: string,
    context: CommandContext,
  ): Promise<void> {
    const state = await this.state(id);
    for (const { lotId, takingId: chargeBackId, tokens } of this.takings(state, disputeId)) {
      const why = disputeReason(disputeId, reason);
      const command = { type: 'ChargeBack', chargeBackId, lotId, tokens, reason: why } as const;
      await this.account(state.tenantId, command, context);
    }
  }

  private async reinstate(
    id: string,
    { disputeId, amount: paid, tokens }: DisputeWon['data'],
    context: CommandContext,
  ): Promise<void> {
    if (tokens === 0n) return;
    const { tenantId, provider, disputes } = await this.state(id);
    const reason = disputes.find((each) => each.disputeId === disputeId)?.reason ?? '';
    const purchase: TokenAccountCommand = {
      type: 'PurchaseTokens',
      lotId: reinstatedLotId(provider, disputeId),
      tokens,
      paid,
      paymentId: disputeId,
      provider,
    };
    await this.account(tenantId, purchase, context);
    const frozen = await this.runner.read(tokenAccountStream, tenantId, (state) => state.frozen);
    if (frozen !== `charge-back: ${disputeReason(disputeId, reason)}`) return;
    const unfreeze = { type: 'UnfreezeAccount', reason: `dispute ${disputeId} was won` } as const;
    await this.account(tenantId, unfreeze, context);
  }

  private takings(state: TopUpState, takingId: string) {
    const { provider, payment } = state;
    return partsTaken(state, takingId).map(({ disputeId, tokens }) => ({
      lotId:
        disputeId === null
          ? paymentLotId(provider, payment?.id ?? '')
          : reinstatedLotId(provider, disputeId),
      takingId: derivedId('tkg', provider, takingId, disputeId ?? ''),
      tokens,
    }));
  }

  private state(id: string): Promise<TopUpState> {
    // A top-up's state is never changed in place.
    return this.runner.read(topUpStream, id, (state) => state);
  }

  /** @throws Error when the account refuses, which no history can lead to */
  private async account(
    tenantId: string,
    command: TokenAccountCommand,
    context: CommandContext,
  ): Promise<void> {
    const result = await this.runner.run(tokenAccountStream, tenantId, command, context);
    if (result.kind !== 'rejected') return;
    throw new Error(`${command.type} of ${tenantId} is refused: ${result.error.message}`);
  }
}

function disputeReason(disputeId: string, reason: string): string {
  return `payment disputed: ${reason} (${disputeId})`;
}

import {
  CLOCK,
  type Clock,
  type CommandContext,
  DeciderRunner,
  type Lease,
  webhookMessageStream,
} from '@imprest/application';
import type { WebhookMessageCommand } from '@imprest/domain';
import { LOGGER, Metrics } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { EndpointGate, type Outcome } from '../endpoints/endpoint-gate.js';
import { type AttemptRecord, DeliveryAttempt } from './delivery-attempt.js';
import {
  type Delivery,
  DeliverySource,
  type DueMessage,
  type Gone,
  type LeasedMessage,
} from './delivery-source.js';
import { ReceiverTurns } from './receiver-turns.js';
import type { SettledLeases } from './settled-leases.js';
import { SharedTurn } from './shared-turn.js';

/** No more than there are connections, so that no attempt spends its time waiting for one. */
const AT_ONCE_TO_ONE_RECEIVER = 32;
/** With the attempt itself well within the lease. */
const LONGEST_TURN_WAIT_MS = 20_000;
/** What was read longer ago is read again before it is sent. */
const FRESH_MS = 500;
const TROUBLE_DELAY_MS = 5_000;
/** The receiver has its answer and nobody waits for the record: attempts that end together share an append. */
const RECORDED_TOGETHER_MS = 8;

interface Sent {
  readonly delivery: Delivery;
  /** Undefined when it was no attempt. */
  readonly result: AttemptRecord | undefined;
}

/**
 * Sends one message that was leased. The outcome is recorded on the message's stream before the queue lets
 * go of it: a crash between sending and recording sends again under the same message id, which is what
 * at-least-once promises.
 */
@Injectable()
export class MessageDelivery {
  private readonly turns = new ReceiverTurns(AT_ONCE_TO_ONE_RECEIVER);
  private readonly recording = new SharedTurn(RECORDED_TOGETHER_MS);

  constructor(
    private readonly runner: DeciderRunner,
    private readonly source: DeliverySource,
    private readonly attempts: DeliveryAttempt,
    private readonly gate: EndpointGate,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Never rejects: trouble on our side is not the receiver's, so the message waits a little and no attempt
   * is counted.
   * @param signal ends an attempt under way, which then was none
   */
  async run(lease: Lease, settled: SettledLeases, signal: AbortSignal): Promise<void> {
    try {
      await this.deliver(lease, settled, signal);
    } catch (error) {
      this.logger.error({ message: lease.id, err: error }, 'delivery could not be made');
      settled.release(lease, this.later());
    }
  }

  private async deliver(lease: Lease, settled: SettledLeases, signal: AbortSignal): Promise<void> {
    const message = await this.source.look(lease.id);
    const { passage, state } = message;
    if (state.status !== 'pending') return settled.complete(lease, state.endpointId !== null);
    const putOffTo = passage && (await this.gate.enter(passage));
    if (putOffTo !== undefined) return settled.release(lease, putOffTo);
    const startedMs = performance.now();
    let sent: Sent | undefined;
    try {
      sent = await this.send(lease, message, settled, signal);
    } finally {
      const elapsedMs = performance.now() - startedMs;
      if (passage !== undefined) await this.gate.leave(passage, outcomeOf(sent), elapsedMs);
    }
    if (sent !== undefined) await this.settle(lease, message, sent, settled);
  }

  /** @returns undefined when nothing was sent: then the lease is settled */
  private async send(
    lease: Lease,
    message: LeasedMessage,
    settled: SettledLeases,
    signal: AbortSignal,
  ): Promise<Sent | undefined> {
    const due = await this.source.prepare(message);
    const sent = 'gone' in due ? due : await this.sendInTurn(message, due, signal);
    if (sent === 'turned away') settled.release(lease, this.later());
    else if (sent === 'done') settled.complete(lease, isInLine(message));
    else if ('gone' in sent) await this.withdraw(lease, message, sent, settled);
    else return sent;
    return undefined;
  }

  /** Nobody waits at the receiver for what is recorded here: the turn ends with the answer. */
  private async sendInTurn(
    message: LeasedMessage,
    due: DueMessage,
    signal: AbortSignal,
  ): Promise<Sent | Gone | 'done' | 'turned away'> {
    const origin = this.attempts.originOf(due.url);
    const askedAt = performance.now();
    if (!(await this.turns.begin(origin, LONGEST_TURN_WAIT_MS))) return 'turned away';
    try {
      const isFresh = performance.now() - askedAt < FRESH_MS;
      const current = isFresh ? due : await this.lookAgain(message.id);
      if (current === 'done' || 'gone' in current) return current;
      const delivery = await this.source.render(current);
      return { delivery, result: await this.attempts.run(message.id, delivery, signal) };
    } finally {
      this.turns.end(origin);
    }
  }

  private async lookAgain(messageId: string): Promise<DueMessage | Gone | 'done'> {
    const message = await this.source.look(messageId);
    return message.state.status === 'pending' ? this.source.prepare(message) : 'done';
  }

  private async withdraw(
    lease: Lease,
    message: LeasedMessage,
    { correlationId }: Gone,
    settled: SettledLeases,
  ): Promise<void> {
    const withdraw = { type: 'WithdrawWebhookMessage', reason: 'content erased' } as const;
    await this.record(lease.id, withdraw, correlationId);
    settled.complete(lease, isInLine(message));
  }

  private async settle(
    lease: Lease,
    message: LeasedMessage,
    { delivery, result }: Sent,
    settled: SettledLeases,
  ): Promise<void> {
    const { attempt, correlationId } = delivery;
    await this.recording.come();
    const recorded =
      result !== undefined &&
      (await this.record(
        lease.id,
        { type: 'RecordWebhookAttempt', attempt, result },
        correlationId,
      ));
    // It was no attempt, or another one under this number counts: the stream says what is due now.
    if (!recorded) return settled.release(lease);
    this.metrics.webhookAttempts.inc({ outcome: result.outcome });
    if (result.nextAttemptAt === null) settled.complete(lease, isInLine(message));
    else settled.release(lease, new Date(result.nextAttemptAt));
  }

  /** @returns false when there was nothing new in it */
  private async record(
    messageId: string,
    command: WebhookMessageCommand,
    correlationId: string,
  ): Promise<boolean> {
    const context: CommandContext = {
      correlationId,
      causationId: messageId,
      actor: { kind: 'system', id: 'webhooks' },
    };
    const result = await this.runner.run(webhookMessageStream, messageId, command, context);
    if (result.kind === 'rejected') throw new Error(result.error.message);
    return result.kind === 'accepted' && result.events.length > 0;
  }

  private later(): Date {
    return new Date(this.clock.now().getTime() + TROUBLE_DELAY_MS);
  }
}

/** Others may wait for it. */
const isInLine = ({ state }: LeasedMessage) => state.endpointId !== null;

/** Null when nothing was sent, or nobody knows what became of it. */
function outcomeOf(sent: Sent | undefined): Outcome | null {
  const result = sent?.result;
  if (sent === undefined || result === undefined) return null;
  return { kind: result.outcome, correlationId: sent.delivery.correlationId };
}

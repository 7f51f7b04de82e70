import { randomUUID } from 'node:crypto';
import {
  CLOCK,
  type Clock,
  type CommandContext,
  DeciderRunner,
  type Lease,
  ReadySignal,
  WEBHOOK_QUEUE,
  type WorkQueue,
  webhookMessageStream,
} from '@imprest/application';
import type { WebhookMessageCommand } from '@imprest/domain';
import { LOGGER, Metrics } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DeliveryAttempt } from './delivery-attempt.js';
import { DeliverySource } from './delivery-source.js';

const AT_ONCE = 128;
const LEASE_MS = 60_000;
const IDLE_POLL_MS = 1_000;
const DRAIN_MS = 5_000;
const TROUBLE_DELAY_MS = 5_000;

/**
 * Takes due messages from the queue and sends them, up to AT_ONCE side by side. The outcome is recorded
 * on the message's stream before the queue lets go of it: a crash between sending and recording sends
 * again under the same message id, which is what at-least-once promises.
 */
@Injectable()
export class WebhookDeliverer {
  private readonly workerId = `webhooks-${randomUUID()}`;
  /** From then on nothing new is begun. */
  private readonly stopping = new AbortController();
  /** What is still under way then is given back. */
  private readonly cutting = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private readonly ready = new ReadySignal();
  private loop: Promise<void> = Promise.resolve();
  private unsubscribe: () => void = () => {};
  private reclaimedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly runner: DeciderRunner,
    private readonly source: DeliverySource,
    private readonly attempts: DeliveryAttempt,
    private readonly metrics: Metrics,
    @Inject(WEBHOOK_QUEUE) private readonly queue: WorkQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.unsubscribe = this.queue.onReady(() => this.ready.raise());
    this.loop = this.run();
  }

  /** Lets what is under way finish, then cuts it off; what was cut off is sent again by whoever comes next. */
  async stop(): Promise<void> {
    this.unsubscribe();
    const cut = setTimeout(() => this.cutting.abort(), DRAIN_MS);
    this.stopping.abort();
    await this.loop;
    await Promise.all(this.running);
    clearTimeout(cut);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const listening = this.ready.listen();
    while (!signal.aborted) {
      const free = AT_ONCE - this.running.size;
      const leases = free > 0 ? await this.lease(free) : [];
      for (const lease of leases) this.begin(lease);
      if (leases.length === 0) await listening.wait(IDLE_POLL_MS, signal);
    }
    listening.end();
  }

  private async lease(limit: number): Promise<readonly Lease[]> {
    try {
      await this.reclaim();
      return await this.queue.lease({ workerId: this.workerId, limit, leaseMs: LEASE_MS });
    } catch (error) {
      this.logger.warn({ err: error }, 'webhook queue does not answer');
      return [];
    }
  }

  /** Messages of a process that died come back, to be sent again. */
  private async reclaim(): Promise<void> {
    const now = performance.now();
    if (now - this.reclaimedAtMs < TROUBLE_DELAY_MS) return;
    this.reclaimedAtMs = now;
    const expired = await this.queue.expired(AT_ONCE);
    if (expired.length > 0) await this.queue.release(expired);
  }

  private begin(lease: Lease): void {
    const work = this.deliver(lease)
      .catch((error) => this.postpone(lease, error))
      .finally(() => {
        this.running.delete(work);
        this.ready.raise();
      });
    this.running.add(work);
  }

  private async deliver(lease: Lease): Promise<void> {
    const delivery = await this.source.prepare(lease.id);
    const isGone = delivery !== 'done' && 'gone' in delivery;
    if (isGone) {
      const withdraw = { type: 'WithdrawWebhookMessage', reason: 'content erased' } as const;
      await this.record(lease.id, withdraw, delivery.correlationId);
    }
    if (isGone || delivery === 'done') {
      await this.queue.complete([lease]);
      return;
    }
    const result = await this.attempts.run(lease.id, delivery, this.cutting.signal);
    const { attempt, correlationId } = delivery;
    const recorded =
      result !== undefined &&
      (await this.record(
        lease.id,
        { type: 'RecordWebhookAttempt', attempt, result },
        correlationId,
      ));
    if (!recorded) {
      // It was no attempt, or another one under this number counts: the stream says what is due now.
      await this.queue.release([lease]);
      return;
    }
    this.metrics.webhookAttempts.inc({ outcome: result.outcome });
    if (result.nextAttemptAt === null) await this.queue.complete([lease]);
    else await this.queue.release([{ ...lease, readyAt: new Date(result.nextAttemptAt) }]);
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

  /** Trouble on our side is not the receiver's: the message waits a little and no attempt is counted. */
  private async postpone(lease: Lease, error: unknown): Promise<void> {
    this.logger.error({ message: lease.id, err: error }, 'delivery could not be made');
    const readyAt = new Date(this.clock.now().getTime() + TROUBLE_DELAY_MS);
    await this.queue.release([{ ...lease, readyAt }]).catch(() => undefined);
  }
}

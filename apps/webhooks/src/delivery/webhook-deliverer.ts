import { randomUUID } from 'node:crypto';
import {
  type CommandContext,
  DeciderRunner,
  type Lease,
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
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private wake: () => void = () => {};
  private loop: Promise<void> = Promise.resolve();
  private unsubscribe: () => void = () => {};

  constructor(
    private readonly runner: DeciderRunner,
    private readonly source: DeliverySource,
    private readonly attempts: DeliveryAttempt,
    private readonly metrics: Metrics,
    @Inject(WEBHOOK_QUEUE) private readonly queue: WorkQueue,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.unsubscribe = this.queue.onReady(() => this.wake());
    this.loop = this.run();
  }

  /** Lets what is under way finish, then cuts it off; what was cut off is sent again by whoever comes next. */
  async stop(): Promise<void> {
    this.unsubscribe();
    const cut = setTimeout(() => this.stopping.abort(), DRAIN_MS);
    this.stopped = true;
    this.wake();
    await this.loop;
    await Promise.all(this.running);
    clearTimeout(cut);
  }

  private stopped = false;

  private async run(): Promise<void> {
    while (!this.stopped) {
      const free = AT_ONCE - this.running.size;
      const leases = free > 0 ? await this.lease(free) : [];
      for (const lease of leases) this.begin(lease);
      if (leases.length === 0 || this.running.size >= AT_ONCE) await this.pause();
    }
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

  private reclaimedAtMs = 0;

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
        this.wake();
      });
    this.running.add(work);
  }

  private async deliver(lease: Lease): Promise<void> {
    const delivery = await this.source.prepare(lease.id);
    if (delivery === 'gone') {
      await this.record(lease.id, { type: 'WithdrawWebhookMessage', reason: 'content erased' });
    }
    if (delivery === 'gone' || delivery === 'done') {
      await this.queue.complete([lease]);
      return;
    }
    const signal = this.stopping.signal;
    const result = await this.attempts.run(lease.id, delivery, signal);
    if (result === undefined) {
      await this.queue.release([lease]);
      return;
    }
    const { attempt } = delivery;
    await this.record(lease.id, { type: 'RecordWebhookAttempt', attempt, result });
    this.metrics.webhookAttempts.inc({ outcome: result.outcome });
    if (result.nextAttemptAt === null) await this.queue.complete([lease]);
    else await this.queue.release([{ ...lease, readyAt: new Date(result.nextAttemptAt) }]);
  }

  private async record(messageId: string, command: WebhookMessageCommand): Promise<void> {
    const context: CommandContext = {
      correlationId: messageId,
      causationId: messageId,
      actor: { kind: 'system', id: 'webhooks' },
    };
    const result = await this.runner.run(webhookMessageStream, messageId, command, context);
    if (result.kind === 'rejected') throw new Error(result.error.message);
  }

  /** Trouble on our side is not the receiver's: the message waits a little and no attempt is counted. */
  private async postpone(lease: Lease, error: unknown): Promise<void> {
    this.logger.error({ message: lease.id, err: error }, 'delivery could not be made');
    const readyAt = new Date(Date.now() + TROUBLE_DELAY_MS);
    await this.queue.release([{ ...lease, readyAt }]).catch(() => undefined);
  }

  private pause(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, IDLE_POLL_MS);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = () => {};
        resolve();
      };
    });
  }
}

import {
  deliveryItem,
  ENDPOINT_TRAFFIC,
  type EndpointTraffic,
  type LinedMessage,
  PeriodicTask,
  WEBHOOK_QUEUE,
  type WorkQueue,
} from '@imprest/application';
import { LOGGER } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';

const PAGE = 500;
const SWEEP_EVERY_MS = 60_000;

/** Queues each message of a line when the one before it is settled. */
@Injectable()
export class LineTurns {
  private readonly sweeping: PeriodicTask;
  /** Whose turn it is, and which the queue has not taken yet. */
  private due: readonly LinedMessage[] = [];

  constructor(
    @Inject(ENDPOINT_TRAFFIC) private readonly traffic: EndpointTraffic,
    @Inject(WEBHOOK_QUEUE) private readonly queue: WorkQueue,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.sweeping = new PeriodicTask(
      SWEEP_EVERY_MS,
      () => this.sweep(),
      (err) => logger.warn({ err }, 'lines of endpoints could not be looked after'),
    );
  }

  start(): void {
    this.sweeping.start();
  }

  stop(): Promise<void> {
    return this.sweeping.stop();
  }

  /** They are settled. What fails is to be repeated as it was. */
  async leave(messageIds: readonly string[]): Promise<void> {
    this.due = [...this.due, ...(await this.traffic.leave(messageIds))];
    const turns = this.due;
    await this.enqueue(turns);
    this.due = this.due.filter((each) => !turns.includes(each));
  }

  /** A process that died between a turn and the queue leaves a line that nobody goes on with. */
  private async sweep(): Promise<void> {
    for (;;) {
      const overdue = await this.traffic.overdue(PAGE);
      await this.enqueue(overdue);
      if (overdue.length < PAGE) return;
    }
  }

  private async enqueue(messages: readonly LinedMessage[]): Promise<void> {
    if (messages.length === 0) return;
    await this.queue.enqueue(messages.map((each) => deliveryItem(each.messageId, each.tenantId)));
  }
}

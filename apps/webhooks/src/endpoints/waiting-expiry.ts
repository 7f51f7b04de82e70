import {
  CLOCK,
  type Clock,
  type CommandContext,
  DeciderRunner,
  ENDPOINT_TRAFFIC,
  type EndpointTraffic,
  type LinedMessage,
  PeriodicTask,
  type WaitingBounds,
  WEBHOOK_QUEUE,
  WebhookEndpoints,
  type WorkQueue,
  webhookMessageStream,
} from '@imprest/application';
import { CONFIG, type Config, LOGGER } from '@imprest/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LineTurns } from './line-turns.js';

const LOOK_EVERY_MS = 300_000;
const PAGE = 200;
const DAY_MS = 86_400_000;

type Bounds = Pick<Config, 'webhookWaitingDays' | 'webhookWaitingMessages'>;

/**
 * Ends the waiting of messages for endpoints that stay disabled, the oldest first: what waits is bounded in time and
 * in number. An endpoint that is enabled needs none of it, since its messages are delivered or run out of attempts.
 */
@Injectable()
export class WaitingExpiry {
  private readonly looking: PeriodicTask;
  private readonly stopping = new AbortController();

  constructor(
    private readonly runner: DeciderRunner,
    private readonly endpoints: WebhookEndpoints,
    private readonly lines: LineTurns,
    @Inject(ENDPOINT_TRAFFIC) private readonly traffic: EndpointTraffic,
    @Inject(WEBHOOK_QUEUE) private readonly queue: WorkQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Bounds,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.looking = new PeriodicTask(
      LOOK_EVERY_MS,
      () => this.look(),
      (err) => logger.warn({ err }, 'messages of disabled endpoints do not expire'),
    );
  }

  start(): void {
    this.looking.start();
  }

  stop(): Promise<void> {
    this.stopping.abort();
    return this.looking.stop();
  }

  async look(): Promise<void> {
    const { webhookWaitingDays: days, webhookWaitingMessages: most } = this.config;
    const bounds = { beforeMs: this.clock.now().getTime() - days * DAY_MS, most };
    for (const { endpointId, tenantId } of await this.traffic.crowded(bounds)) {
      const target = await this.endpoints.target(tenantId, endpointId);
      if (target?.isDisabled === true) await this.expire(endpointId, bounds);
    }
  }

  private async expire(endpointId: string, bounds: WaitingBounds): Promise<void> {
    let expired = 0;
    while (!this.stopping.signal.aborted) {
      const page = await this.traffic.overstaying(endpointId, bounds, PAGE);
      await Promise.all(page.map((message) => this.end(message)));
      const ids = page.map(({ messageId }) => messageId);
      await this.queue.remove(ids);
      // Those behind them in line have their turn, to wait as these did.
      await this.lines.leave(ids);
      expired += page.length;
      if (page.length < PAGE) break;
    }
    this.logger.warn({ endpoint: endpointId, expired }, 'messages of a disabled endpoint expired');
  }

  /** On record before it leaves its line: after a crash in between it is found again. */
  private async end({ messageId }: LinedMessage): Promise<void> {
    const { webhookWaitingDays: days, webhookWaitingMessages: most } = this.config;
    const reason = `its endpoint is disabled, for which a message waits ${days} days, and the newest ${most} do`;
    const context: CommandContext = {
      correlationId: messageId,
      causationId: messageId,
      actor: { kind: 'system', id: 'webhooks' },
    };
    const command = { type: 'ExpireWebhookMessage', reason } as const;
    const result = await this.runner.run(webhookMessageStream, messageId, command, context);
    // What is in line and was never made leaves it all the same.
    if (result.kind === 'rejected' && result.error.code !== 'not_found') {
      throw new Error(result.error.message);
    }
  }
}

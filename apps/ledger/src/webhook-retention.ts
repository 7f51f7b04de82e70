import { CLOCK, type Clock, PeriodicTask } from '@imprest/application';
import { CONFIG, type Config, LOGGER } from '@imprest/platform';
import { EventFeed, WebhookAttemptLog } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';

const EVERY_MS = 600_000;
const DAY_MS = 86_400_000;
const ROWS_AT_ONCE = 1_000;

/** Forgets what the feed of events tells and what attempts at webhooks sent, once its time is over. */
@Injectable()
export class WebhookRetention {
  private readonly task = new PeriodicTask(
    EVERY_MS,
    () => this.sweep(),
    (err) => this.logger.warn({ err }, 'events and attempts at webhooks could not be swept'),
  );

  constructor(
    private readonly feed: EventFeed,
    private readonly attempts: WebhookAttemptLog,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.task.startLater();
  }

  stop(): Promise<void> {
    return this.task.stop();
  }

  async sweep(): Promise<void> {
    const { eventFeedRetentionDays, webhookLogRetentionDays } = this.config;
    await this.sweepOlder(this.feed, eventFeedRetentionDays);
    await this.sweepOlder(this.attempts, webhookLogRetentionDays);
  }

  private async sweepOlder(rows: Pick<EventFeed, 'sweep'>, days: number): Promise<void> {
    const before = new Date(this.clock.now().getTime() - days * DAY_MS);
    let swept: number;
    do swept = await rows.sweep(before, ROWS_AT_ONCE);
    while (swept === ROWS_AT_ONCE);
  }
}

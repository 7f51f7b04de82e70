import {
  CLOCK,
  type Clock,
  type CommandContext,
  DeciderRunner,
  PeriodicTask,
  tokenAccountStream,
} from '@imprest/application';
import { DATA_SOURCE, LOGGER } from '@imprest/platform';
import { tenantsWithExpiredLots } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';

const context: CommandContext = {
  correlationId: 'lot-expiry',
  causationId: 'lot-expiry',
  actor: { kind: 'system', id: 'lot-expiry' },
};

const EVERY_MS = 60_000;
const ACCOUNTS_AT_ONCE = 500;

/**
 * Books the expiry of promotional lots whose time has come. The account refuses to draw from them in
 * any case: this only makes the books say so without waiting for the tenant's next request.
 */
@Injectable()
export class LotExpirySweeper {
  private readonly task = new PeriodicTask(EVERY_MS, () => this.sweep(), this.report.bind(this));

  constructor(
    private readonly runner: DeciderRunner,
    @Inject(DATA_SOURCE) private readonly dataSource: DataSource,
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
    const now = this.clock.now();
    const tenants = await tenantsWithExpiredLots(this.dataSource, now, ACCOUNTS_AT_ONCE);
    for (const tenantId of tenants) {
      const command = { type: 'ExpireLots', now: now.toISOString() } as const;
      await this.runner.run(tokenAccountStream, tenantId, command, context);
    }
  }

  private report(error: unknown): void {
    this.logger.warn({ err: error }, 'lot expiry could not be swept');
  }
}

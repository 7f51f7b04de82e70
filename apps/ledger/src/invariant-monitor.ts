import { CLOCK, type Clock } from '@imprest/application';
import { DATA_SOURCE, LOGGER, Metrics } from '@imprest/platform';
import { type Invariants, invariants } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { PeriodicTask } from './periodic-task.js';

const EVERY_MS = 30_000;
/** Facts younger than this may still be waiting for their counterpart. */
const PATIENCE_MS = 60_000;

/** Looks at what must always hold, all the time, and says so loudly when it does not. */
@Injectable()
export class InvariantMonitor {
  private readonly task = new PeriodicTask(EVERY_MS, () => this.check(), this.report.bind(this));

  constructor(
    @Inject(DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.task.start();
  }

  stop(): Promise<void> {
    return this.task.stop();
  }

  async check(): Promise<Invariants> {
    const before = new Date(this.clock.now().getTime() - PATIENCE_MS);
    const found = await invariants(this.dataSource, before);
    for (const [invariant, breaches] of Object.entries(found.violations)) {
      this.metrics.invariants.set({ invariant }, breaches);
      if (breaches > 0) this.logger.error({ invariant, breaches }, 'an invariant is broken');
    }
    for (const [state, count] of Object.entries(found.gauges)) {
      this.metrics.openWork.set({ state }, count);
    }
    return found;
  }

  private report(error: unknown): void {
    this.logger.warn({ err: error }, 'invariants could not be checked');
  }
}

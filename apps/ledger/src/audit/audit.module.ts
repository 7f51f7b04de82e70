import { Reconciliation } from '@imprest/application';
import { paymentsForInjection, readModelQueries } from '@imprest/platform';
import { Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InvariantMonitor } from './invariant-monitor.js';
import { NightlyAudit } from './nightly-audit.js';

/** The watch over the books: all the time over what changes, and once a night over everything. */
@Module({
  providers: [
    InvariantMonitor,
    NightlyAudit,
    Reconciliation,
    ...paymentsForInjection,
    ...readModelQueries,
  ],
})
export class AuditModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly invariants: InvariantMonitor,
    private readonly audit: NightlyAudit,
  ) {}

  onApplicationBootstrap(): void {
    this.invariants.start();
    this.audit.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.invariants.stop(), this.audit.stop()]);
  }
}

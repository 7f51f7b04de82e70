import { ConsumerHost } from '@imprest/platform';
import {
  assetsProjector,
  endUsersProjector,
  generationsProjector,
  journalProjector,
  reconciliationProjector,
  tenancyProjector,
  webhookMessagesProjector,
} from '@imprest/read-models';
import {
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { InvariantMonitor } from './invariant-monitor.js';
import { LotExpirySweeper } from './lot-expiry-sweeper.js';

/** Everything that is read from events: the journal first, then the lists; and the watch over them. */
@Module({ providers: [InvariantMonitor, LotExpirySweeper] })
export class LedgerModule implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly consumers: ConsumerHost,
    private readonly invariants: InvariantMonitor,
    private readonly expiry: LotExpirySweeper,
  ) {}

  onModuleInit(): void {
    this.consumers.add(
      journalProjector,
      reconciliationProjector,
      generationsProjector,
      endUsersProjector,
      tenancyProjector,
      webhookMessagesProjector,
      assetsProjector,
    );
  }

  onApplicationBootstrap(): void {
    this.invariants.start();
    this.expiry.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.invariants.stop(), this.expiry.stop()]);
  }
}

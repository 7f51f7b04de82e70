import {
  CaseConsequences,
  CaseFollowUp,
  CaseOpener,
  CharacterEraser,
  ConsentEraser,
  DeciderRunner,
  EndUserEraser,
  Erasure,
  EVENT_STORE,
  type EventStore,
  GENERATION_INDEX,
  GenerationEraser,
  type GenerationIndex,
} from '@imprest/application';
import {
  CONFIG,
  type Config,
  ConsumerHost,
  RelayModule,
  readModelQueries,
} from '@imprest/platform';
import { projectors } from '@imprest/read-models';
import {
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { AssetRetention } from './asset-retention.js';
import { AuditModule } from './audit/audit.module.js';
import { LedgerSealer } from './ledger-sealer.js';
import { LotExpirySweeper } from './lot-expiry-sweeper.js';
import { PaymentsModule } from './payments/payments.module.js';
import { WebhookRetention } from './webhook-retention.js';

/**
 * Everything that is read from events: the journal first, then the lists; the watch over them; and the
 * housekeeping of content: retention, erasure, and what a person has to look at.
 */
@Module({
  imports: [RelayModule, PaymentsModule, AuditModule],
  providers: [
    AssetRetention,
    LedgerSealer,
    LotExpirySweeper,
    WebhookRetention,
    ...readModelQueries,
  ],
})
export class LedgerModule implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly consumers: ConsumerHost,
    private readonly expiry: LotExpirySweeper,
    private readonly retention: AssetRetention,
    private readonly sealer: LedgerSealer,
    private readonly webhooks: WebhookRetention,
    private readonly generations: GenerationEraser,
    private readonly endUsers: EndUserEraser,
    private readonly characters: CharacterEraser,
    private readonly consents: ConsentEraser,
    private readonly runner: DeciderRunner,
    private readonly consequences: CaseConsequences,
    @Inject(GENERATION_INDEX) private readonly index: GenerationIndex,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    const { generations, endUsers, characters, consents, index } = this;
    const erasure = new Erasure(generations, endUsers, characters, consents, index);
    const opener = new CaseOpener(this.runner, this.store, this.config.moderation.caseHours);
    const followUp = new CaseFollowUp(this.consequences);
    this.consumers.add(...projectors, erasure, opener, followUp);
  }

  onApplicationBootstrap(): void {
    this.expiry.start();
    this.retention.start();
    this.sealer.start();
    this.webhooks.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(
      [this.expiry, this.retention, this.sealer, this.webhooks].map((task) => task.stop()),
    );
  }
}

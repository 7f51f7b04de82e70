import {
  BlockEndUserHandler,
  CancelGenerationHandler,
  EndUserEraser,
  EraseEndUserHandler,
  EraseGenerationHandler,
  Erasure,
  GENERATION_INDEX,
  GenerationEraser,
  type GenerationIndex,
  SubmitGenerationHandler,
  WebhookRedelivery,
} from '@imprest/application';
import { GenerationRecords } from '@imprest/generation-records';
import { ConsumerHost, readModelQueries } from '@imprest/platform';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { LedgerController } from './admin/ledger.controller.js';
import { TenantsController } from './admin/tenants.controller.js';
import { AssetsController } from './assets/assets.controller.js';
import { XmodeBalanceController } from './dialects/xmode/balance.controller.js';
import { XmodeEndUsersController } from './dialects/xmode/end-users.controller.js';
import { XmodeGenerationsController } from './dialects/xmode/generations.controller.js';
import { RecordLists, XmodeListController } from './dialects/xmode/list.controller.js';
import { XmodeStatementController } from './dialects/xmode/statement.controller.js';
import { XmodeWebhookMessagesController } from './dialects/xmode/webhook-messages.controller.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import { GenerationFeed } from './progress/generation-feed.js';
import { ProgressStreams } from './progress/stream-progress.js';

/** Commands and queries over HTTP: the dialects, the operator's API and the images. */
@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [
    XmodeGenerationsController,
    XmodeListController,
    XmodeBalanceController,
    XmodeEndUsersController,
    XmodeStatementController,
    XmodeWebhookMessagesController,
    TenantsController,
    LedgerController,
    AssetsController,
    OpenApiController,
  ],
  providers: [
    SubmitGenerationHandler,
    CancelGenerationHandler,
    EraseGenerationHandler,
    BlockEndUserHandler,
    EraseEndUserHandler,
    GenerationRecords,
    GenerationFeed,
    ProgressStreams,
    RecordLists,
    WebhookRedelivery,
    ...readModelQueries,
  ],
})
export class ApiModule implements OnModuleInit {
  constructor(
    private readonly consumers: ConsumerHost,
    private readonly generations: GenerationEraser,
    private readonly endUsers: EndUserEraser,
    @Inject(GENERATION_INDEX) private readonly index: GenerationIndex,
  ) {}

  onModuleInit(): void {
    this.consumers.add(new Erasure(this.generations, this.endUsers, this.index));
  }
}

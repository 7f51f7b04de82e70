import {
  BlockEndUserHandler,
  CancelGenerationHandler,
  ChangeCharacterHandler,
  CreateCharacterHandler,
  DeleteCharacterHandler,
  Depictions,
  EraseEndUserHandler,
  EraseGenerationHandler,
  SubmitGenerationHandler,
  WebhookEndpoints,
  WebhookRedelivery,
} from '@imprest/application';
import { GenerationRecords } from '@imprest/generation-records';
import { promptPresetsForInjection, readModelQueries } from '@imprest/platform';
import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { eventBrowserControllers, eventBrowserProviders } from './admin/events/index.js';
import { findAnythingControllers, findAnythingProviders } from './admin/find/index.js';
import { jobControllers, jobProviders } from './admin/jobs/index.js';
import { BooksController } from './admin/ledger/books.controller.js';
import { ExportsController } from './admin/ledger/exports.controller.js';
import { PeriodsController } from './admin/ledger/periods.controller.js';
import { overviewControllers, overviewProviders } from './admin/overview/index.js';
import { ParkedController } from './admin/parked.controller.js';
import { projectionControllers, projectionProviders } from './admin/projections/index.js';
import { queueControllers, queueProviders } from './admin/queue/index.js';
import { sealControllers, sealProviders } from './admin/seals/index.js';
import { tenantControllers } from './admin/tenants/index.js';
import { TenantsController } from './admin/tenants.controller.js';
import { UsersController } from './admin/users/users.controller.js';
import { AdminWorkersController } from './admin/workers.controller.js';
import { AssetsController } from './assets/assets.controller.js';
import { oidcControllers, oidcProviders } from './console/oidc/index.js';
import { ConsolePageController } from './console/page/console-page.controller.js';
import { sessionControllers, sessionProviders } from './console/session/index.js';
import { uncensoredControllers } from './dialects/uncensored/index.js';
import { xaviraControllers, xaviraProviders } from './dialects/xavira/index.js';
import { xenodiaControllers } from './dialects/xenodia/index.js';
import { XmodeBalanceController } from './dialects/xmode/balance.controller.js';
import { XmodeEndUsersController } from './dialects/xmode/end-users.controller.js';
import { XmodeGenerationsController } from './dialects/xmode/generations.controller.js';
import { RecordLists, XmodeListController } from './dialects/xmode/list.controller.js';
import { XmodeStatementController } from './dialects/xmode/statement.controller.js';
import { XmodeWebhookMessagesController } from './dialects/xmode/webhook-messages.controller.js';
import { eventControllers, eventProviders } from './events/index.js';
import { findControllers, findProviders } from './find/index.js';
import { acceptForms } from './forms/forms.js';
import { keyControllers, keyProviders } from './keys/index.js';
import { BookFiles } from './ledger/book-files.js';
import { OwnBooksController } from './ledger/own-books.controller.js';
import { limitsControllers, limitsProviders } from './limits/index.js';
import { memberControllers } from './members/index.js';
import { moderationControllers, moderationProviders } from './moderation/index.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import { GenerationFeed } from './progress/generation-feed.js';
import { PlaceWatch } from './progress/place-watch.js';
import { PreviewWatch } from './progress/preview-watch.js';
import { queuePlacesProvider } from './progress/queue-places.provider.js';
import { ProgressStreams } from './progress/stream-progress.js';
import { workerFleetProvider } from './progress/worker-fleet.provider.js';
import { proofControllers, proofProviders } from './proofs/index.js';
import { referenceControllers, referenceProviders } from './references/index.js';
import { Submissions } from './submissions/submissions.js';
import { timelineControllers, timelineProviders } from './timeline/index.js';
import { topUpControllers, topUpProviders } from './top-ups/index.js';
import { usageControllers, usageProviders } from './usage/index.js';
import { AttemptViews } from './webhook-attempts/attempt-views.js';
import { EndpointHealths } from './webhook-endpoints/endpoint-healths.js';
import { PublicKeysController } from './webhook-endpoints/public-keys.controller.js';
import { WebhookEndpointsController } from './webhook-endpoints/webhook-endpoints.controller.js';
import { recoveryControllers, recoveryProviders } from './webhook-recoveries/index.js';

/**
 * Commands and queries over HTTP: the dialects, the operator's API and the images. It consumes nothing,
 * so that accepting requests competes with no other work and needs no message bus.
 */
@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [
    XmodeGenerationsController,
    XmodeListController,
    XmodeBalanceController,
    XmodeEndUsersController,
    XmodeStatementController,
    XmodeWebhookMessagesController,
    PublicKeysController,
    WebhookEndpointsController,
    ...eventControllers,
    ...recoveryControllers,
    ...xenodiaControllers,
    ...referenceControllers,
    ...uncensoredControllers,
    ...xaviraControllers,
    TenantsController,
    ...keyControllers,
    ...memberControllers,
    ...sessionControllers,
    ...oidcControllers,
    UsersController,
    ...limitsControllers,
    ...timelineControllers,
    ...findControllers,
    ...usageControllers,
    ...overviewControllers,
    ...projectionControllers,
    ...sealControllers,
    ...findAnythingControllers,
    ...tenantControllers,
    ...eventBrowserControllers,
    ...queueControllers,
    ParkedController,
    AdminWorkersController,
    ...jobControllers,
    BooksController,
    PeriodsController,
    ExportsController,
    OwnBooksController,
    AssetsController,
    ...moderationControllers,
    ...topUpControllers,
    ...proofControllers,
    OpenApiController,
    ConsolePageController,
  ],
  providers: [
    SubmitGenerationHandler,
    CancelGenerationHandler,
    EraseGenerationHandler,
    BlockEndUserHandler,
    EraseEndUserHandler,
    CreateCharacterHandler,
    ChangeCharacterHandler,
    DeleteCharacterHandler,
    Depictions,
    BookFiles,
    GenerationRecords,
    GenerationFeed,
    PlaceWatch,
    PreviewWatch,
    ProgressStreams,
    workerFleetProvider,
    queuePlacesProvider,
    ...jobProviders,
    ...overviewProviders,
    ...projectionProviders,
    ...sealProviders,
    ...findAnythingProviders,
    ...eventBrowserProviders,
    ...queueProviders,
    RecordLists,
    Submissions,
    WebhookEndpoints,
    EndpointHealths,
    WebhookRedelivery,
    ...readModelQueries,
    AttemptViews,
    ...eventProviders,
    ...recoveryProviders,
    ...promptPresetsForInjection,
    ...referenceProviders,
    ...xaviraProviders,
    ...keyProviders,
    ...sessionProviders,
    ...oidcProviders,
    ...limitsProviders,
    ...timelineProviders,
    ...findProviders,
    ...usageProviders,
    ...moderationProviders,
    ...topUpProviders,
    ...proofProviders,
  ],
})
export class ApiModule implements OnModuleInit {
  constructor(private readonly http: HttpAdapterHost) {}

  onModuleInit(): void {
    acceptForms(this.http.httpAdapter.getInstance());
  }
}

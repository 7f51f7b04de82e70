import { ApiModule } from '@imprest/api';
import { LedgerModule } from '@imprest/ledger';
import { OrchestratorModule } from '@imprest/orchestrator';
import { WebhooksModule } from '@imprest/webhooks';

/** Every service of the product. */
export const productModules = [ApiModule, LedgerModule, OrchestratorModule, WebhooksModule];

import { runService } from '@imprest/platform';
import { WebhooksModule } from './webhooks.module.js';

await runService('webhooks', [WebhooksModule]);

import { WebhookRecoveries, WebhookTests } from '@imprest/application';
import { OperatorRecoveriesController } from './operator-recoveries.controller.js';
import { WebhookRecoveriesController } from './webhook-recoveries.controller.js';
import { WebhookTestsController } from './webhook-tests.controller.js';

export const recoveryControllers = [
  WebhookRecoveriesController,
  WebhookTestsController,
  OperatorRecoveriesController,
];
export const recoveryProviders = [WebhookRecoveries, WebhookTests];

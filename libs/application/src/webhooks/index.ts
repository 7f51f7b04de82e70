export * from './attempt-content.js';
export { EndpointCatchUp } from './endpoint-catch-up.js';
export {
  deliveryItem,
  endpointMessageId,
  generationEvents,
  LIVE_LANE,
  lowBalanceMessageId,
  RECOVERY_LANE,
  webhookMessageId,
} from './message-identities.js';
export { WebhookRecoveryWorker } from './recovery-worker.js';
export * from './redeliver-webhook.js';
export { WebhookTests } from './test-message.js';
export * from './webhook-message-creator.js';
export * from './webhook-recoveries.js';

export * from './redeliver-webhook.js';
export * from './webhook-message-creator.js';

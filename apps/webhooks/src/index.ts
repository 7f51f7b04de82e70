export { schemesOf, signatureHeaders } from './signatures/index.js';
export { WebhooksModule } from './webhooks.module.js';

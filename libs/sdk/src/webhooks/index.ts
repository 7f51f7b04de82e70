export { verifyXavira, verifyXmode } from './hex-signature.js';
export { type ReceivedMessage, readWebhook } from './message.js';
export {
  type ReceivedWebhook,
  type Secrets,
  type VerifyOptions,
  type WebhookFault,
  WebhookVerificationError,
} from './received.js';
export { verifyStandardWebhooks } from './standard-webhooks.js';

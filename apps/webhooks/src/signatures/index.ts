export {
  type SignatureScheme,
  type SignedDelivery,
  schemesOf,
  schemesOfEndpoint,
  signatureHeaders,
} from './signature-headers.js';
export { signStandardWebhooks } from './standard-webhooks.js';
export { decodeWebhookSecret } from './webhook-secret.js';
export { signXavira } from './xavira.js';
export { signXmode } from './xmode.js';

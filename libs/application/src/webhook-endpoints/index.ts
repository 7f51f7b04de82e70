export { type EndpointHeaders, MAX_ENDPOINT_HEADERS } from './endpoint-headers.js';
export { endpointDisabledBody, testBody } from './endpoint-notices.js';
export type {
  EndpointTarget,
  NewEndpoint,
  OpenEndpoint,
  OpenSettings,
} from './open-endpoint.js';
export * from './webhook-endpoints.js';

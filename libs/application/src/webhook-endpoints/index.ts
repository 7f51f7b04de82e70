export { type EndpointHeaders, MAX_ENDPOINT_HEADERS } from './endpoint-headers.js';
export { endpointDisabledBody, testBody } from './endpoint-notices.js';
export {
  type EndpointTarget,
  type NewEndpoint,
  type OpenEndpoint,
  type OpenSettings,
  usualSettings,
} from './open-endpoint.js';
export * from './webhook-endpoints.js';

import type { OpenEndpoint } from './open-endpoint.js';

/** What a webhook says about an endpoint that was disabled; undefined once it is enabled again. */
export function endpointDisabledBody({ id, url, disabled }: OpenEndpoint): object | undefined {
  if (disabled === null) return undefined;
  const { cause, reason, disabledAt: timestamp } = disabled;
  return { type: 'endpoint.disabled', timestamp, data: { endpointId: id, url, cause, reason } };
}

/** What a webhook says that is sent to try an endpoint. */
export function testBody(messageId: string, endpointId: string | null): object {
  return { type: 'webhook.test', data: { messageId, endpointId } };
}

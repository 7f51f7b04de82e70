import type { EndpointSettings, SealedSecret, WebhookEndpoint } from '@imprest/domain';
import { sealText, unsealText } from '../confidential/index.js';
import type { DataKey, DataKeys } from '../ports/data-keys.js';
import type { EndpointHeaders } from './endpoint-headers.js';
import {
  type EndpointTarget,
  type OpenEndpoint,
  type OpenSettings,
  previousKeyAt,
  publicKeysOf,
} from './open-endpoint.js';

type Keys = ReadonlyMap<string, DataKey>;

/** Seals what is confidential of an endpoint, each text with a data key of its own. */
export async function seal(
  dataKeys: DataKeys,
  endpointId: string,
  text: string,
): Promise<SealedSecret> {
  const key = await dataKeys.take();
  return { sealed: sealText(key, text, endpointId), dataKeyId: key.id };
}

export async function sealHeaders(
  dataKeys: DataKeys,
  endpointId: string,
  headers: EndpointHeaders,
): Promise<SealedSecret | null> {
  if (Object.keys(headers).length === 0) return null;
  return seal(dataKeys, endpointId, JSON.stringify(headers));
}

/** Of everything that is sealed in it, the keys that sign included. */
export function dataKeysOf(endpoint: WebhookEndpoint): string[] {
  const { signingSecret, previousKey } = endpoint;
  const signing =
    previousKey === null ? [signingSecret] : [signingSecret, previousKey.signingSecret];
  return [...dataKeysOfSettings(endpoint), ...signing.map(({ dataKeyId }) => dataKeyId)];
}

export function dataKeysOfSettings({ target, headers }: EndpointSettings): string[] {
  return headers === null ? [target.dataKeyId] : [target.dataKeyId, headers.dataKeyId];
}

/** Undefined when the key of the URL was destroyed: the endpoint is about to be gone. */
export function toOpenEndpoint(
  keys: Keys,
  endpoint: WebhookEndpoint,
  now: string,
): OpenEndpoint | undefined {
  const { endpointId: id, scheme, disabled, registeredAt } = endpoint;
  const settings = openSettings(keys, endpoint);
  if (settings === undefined) return undefined;
  const publicKeys = publicKeysOf(endpoint, now);
  const previousKeyValidUntil = previousKeyAt(endpoint, now)?.validUntil ?? null;
  return { id, scheme, ...settings, publicKeys, previousKeyValidUntil, disabled, registeredAt };
}

export function toTarget(
  keys: Keys,
  endpoint: WebhookEndpoint,
  now: string,
): EndpointTarget | undefined {
  const { scheme, signingSecret, disabled, target } = endpoint;
  const settings = openSettings(keys, endpoint);
  const previous = previousKeyAt(endpoint, now)?.signingSecret;
  const secrets = [signingSecret, previous].flatMap((secret) => {
    const text = secret && opened(keys, endpoint, secret);
    return text === undefined ? [] : [text];
  });
  if (settings === undefined || secrets.length === 0) return undefined;
  const { dataKeyId } = target;
  return { scheme, ...settings, secrets, isDisabled: disabled !== null, dataKeyId };
}

function openSettings(keys: Keys, endpoint: WebhookEndpoint): OpenSettings | undefined {
  const { events, ordering, perSecond, concurrency, retryDelays } = endpoint;
  const url = opened(keys, endpoint, endpoint.target);
  const text = endpoint.headers === null ? '{}' : opened(keys, endpoint, endpoint.headers);
  if (url === undefined || text === undefined) return undefined;
  const headers: EndpointHeaders = JSON.parse(text);
  return { url, headers, events, ordering, perSecond, concurrency, retryDelays };
}

function opened(
  keys: Keys,
  { endpointId }: WebhookEndpoint,
  { sealed, dataKeyId }: SealedSecret,
): string | undefined {
  const key = keys.get(dataKeyId);
  return key && unsealText(key, sealed, endpointId);
}

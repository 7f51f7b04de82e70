import type { components } from '../api/openapi.ts';
import { namedLines } from '../format/named-lines.ts';

export type WebhookEndpoint = components['schemas']['WebhookEndpoint'];
export type NewWebhookEndpoint = components['schemas']['NewWebhookEndpoint'];
export type WebhookScheme = WebhookEndpoint['scheme'];

export const schemes: readonly { readonly value: WebhookScheme; readonly label: string }[] = [
  { value: 'standard', label: 'Standard Webhooks, shared secret' },
  { value: 'standard-ed25519', label: 'Standard Webhooks, public key (Ed25519)' },
  { value: 'xmode', label: 'xmode (timestamp and HMAC)' },
  { value: 'xavira', label: 'xavira (its generations alone)' },
];

export type WebhookEvent = WebhookEndpoint['events'][number];

export const webhookEvents: readonly WebhookEvent[] = [
  'generation.started',
  'generation.completed',
  'generation.failed',
  'generation.cancelled',
  'account.low_balance',
  'endpoint.disabled',
];

/** Lines of `x-name: value` as headers. @throws RangeError for a line that is none */
export function headersOf(text: string): Record<string, string> {
  return Object.fromEntries(
    namedLines(text, { name: /^\S+$/, value: /^/ }, 'header: write x-name: value'),
  );
}

export const headerLines = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

/** Seconds in one text, as `5, 300, 1800`. @throws RangeError for what is no whole number */
export function delaysOf(text: string): number[] {
  const parts = text.split(/[\s,]+/).filter(Boolean);
  const wrong = parts.find((part) => !/^\d{1,6}$/.test(part));
  if (wrong !== undefined) throw new RangeError(`“${wrong}” is no number of seconds`);
  return parts.map(Number);
}

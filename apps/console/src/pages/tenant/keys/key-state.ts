import type { components } from '../../../api/openapi.ts';
import { DAY_MS } from '../../../format/time.ts';

export type ApiKey = components['schemas']['ApiKeyPage']['keys'][number];
export type KeyState = 'active' | 'rotated' | 'expired' | 'revoked';

/** What has become of a key. One that was rotated works on until its overlap ends. */
export function keyStateOf(key: ApiKey, now: Date): KeyState {
  if (key.revokedAt !== null) return 'revoked';
  if (key.validUntil !== null && new Date(key.validUntil) <= now) return 'expired';
  return key.rotatedTo === null ? 'active' : 'rotated';
}

/** What can be asked of a key's scopes, in the order of the API. */
export const SCOPES = {
  'generations:write': 'Generate, cancel, erase',
  'generations:read': 'Read generations and models',
  'balance:read': 'Read the balance and top-ups',
  'ledger:read': 'Read the ledger, usage and statements',
  'top_ups:write': 'Order top-ups',
  'end_users:read': 'Read end users and their e-mail',
  'end_users:write': 'Block, erase and limit end users',
  'events:read': 'Follow events',
  'webhooks:read': 'Read webhooks and deliveries',
  'webhooks:write': 'Set up webhooks, resend',
  'keys:read': 'List keys and budgets',
  'keys:write': 'Issue, rotate and revoke keys',
  'members:read': 'List members',
  'members:write': 'Invite and remove members',
} as const;

export type Scope = keyof typeof SCOPES;

/** ISO time after that many days; null for never. */
export function expiryAfter(days: number, now: Date): string | null {
  return days === 0 ? null : new Date(now.getTime() + days * DAY_MS).toISOString();
}

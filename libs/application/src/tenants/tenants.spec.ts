import {
  byTest,
  type DecidingProcess,
  decidingProcess,
  type FixedClock,
  fixedClock,
  InMemoryDataKeys,
} from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { tokenAccountStream } from '../deciding/stream-types.js';
import { EventStoreUnavailable } from '../ports/event-store.js';
import { Tenants } from './tenants.js';

const tenant = 'ten_1';
const SECRET = /^whsec_[0-9A-Za-z+/]{43}=$/;
let clock: FixedClock;
let process: DecidingProcess;
let durable: Map<string, { id: string; secret: Uint8Array }>;
let tenants: Tenants;

const refusal = (code: string, more: object = {}) => ({ error: { code, ...more } });
const grant = (more: object = {}, id = tenant) => {
  const base = { grantId: 'lot_1', tokens: 100n, reason: 'welcome', expiresAt: null };
  return tenants.grant(id, { ...base, ...more }, byTest);
};
const available = () => process.runner.read(tokenAccountStream, tenant, (state) => state.available);

beforeEach(() => {
  clock = fixedClock();
  process = decidingProcess({ clock });
  durable = new Map();
  tenants = new Tenants(process.runner, new InMemoryDataKeys(durable), clock);
});

describe('creating a tenant', () => {
  test('opens its account and tells the secret that signs its webhooks', async () => {
    const created = await tenants.create(tenant, 'Shop', byTest);
    expect(created).toEqual({ tenantId: tenant, webhookSecret: expect.stringMatching(SECRET) });
    expect(await tenants.webhookSecrets(tenant)).toEqual([created.webhookSecret]);
    expect(await tenants.exists(tenant)).toBe(true);
    expect(await available()).toBe(0n);
  });

  test('keeps the secret sealed', async () => {
    const { webhookSecret } = await tenants.create(tenant, 'Shop', byTest);
    const stored = JSON.stringify(process.log.events.map(({ data }) => data));
    expect(stored).not.toContain(webhookSecret.slice('whsec_'.length));
  });

  test('may be repeated: it tells the same secret and leaves no key behind', async () => {
    const created = await tenants.create(tenant, 'Shop', byTest);
    expect(await tenants.create(tenant, 'Shop', byTest)).toEqual(created);
    expect(process.log.events).toHaveLength(2);
    expect(durable.size).toBe(1);
  });

  test('that a crash has cut off is completed by a repeat', async () => {
    process.store.beforeAppend = ([first]) => {
      if (first?.stream.startsWith('tokenAccount')) throw new EventStoreUnavailable('lost');
    };
    await expect(tenants.create(tenant, 'Shop', byTest)).rejects.toThrow(EventStoreUnavailable);
    process.store.beforeAppend = () => undefined;
    await tenants.create(tenant, 'Shop', byTest);
    await grant();
    expect(await available()).toBe(100n);
  });

  test('under a taken id and another name is a conflict', async () => {
    await tenants.create(tenant, 'Shop', byTest);
    await expect(tenants.create(tenant, 'Gallery', byTest)).rejects.toMatchObject(
      refusal('conflict'),
    );
  });
});

describe('welcoming a tenant', () => {
  const welcome = (tokens: bigint) => tenants.welcome(tenant, tokens, byTest);

  beforeEach(() => tenants.create(tenant, 'Shop', byTest));

  test('grants what new accounts get, once, whatever that is by the time of a repeat', async () => {
    await welcome(250n);
    await welcome(250n);
    await welcome(500n);
    expect(await available()).toBe(250n);
  });

  test('may be nothing', async () => {
    await welcome(0n);
    expect(await available()).toBe(0n);
  });
});

describe('rotating the webhook secret', () => {
  test('lets the old one sign along until the overlap ends', async () => {
    const { webhookSecret: old } = await tenants.create(tenant, 'Shop', byTest);
    const rotated = await tenants.rotateWebhookSecret(tenant, 60, byTest);
    expect(rotated).toEqual({
      webhookSecret: expect.stringMatching(SECRET),
      previousValidUntil: '2026-01-15T09:01:00.000Z',
    });
    clock.advance(59_999);
    expect(await tenants.webhookSecrets(tenant)).toEqual([rotated.webhookSecret, old]);
    clock.advance(1);
    expect(await tenants.webhookSecrets(tenant)).toEqual([rotated.webhookSecret]);
  });

  test('without an overlap ends the old one at once', async () => {
    await tenants.create(tenant, 'Shop', byTest);
    const { webhookSecret } = await tenants.rotateWebhookSecret(tenant, 0, byTest);
    expect(await tenants.webhookSecrets(tenant)).toEqual([webhookSecret]);
  });

  test('of a tenant that does not exist is refused', async () => {
    await expect(tenants.rotateWebhookSecret('ten_2', 60, byTest)).rejects.toMatchObject(
      refusal('not_found'),
    );
  });

  test('a secret sealed for one tenant does not open for another', async () => {
    await tenants.create(tenant, 'Shop', byTest);
    const data = process.log.streams.get(`tenant-${tenant}`)?.[0]?.data ?? {};
    const metadata = { ...byTest, occurredAt: clock.isoNow() };
    const eventId = '00000000-0000-7000-8000-000000000001';
    const moved = { eventId, type: 'TenantCreated', version: 1, data, metadata };
    await process.store.append([{ stream: 'tenant-ten_2', expectedRevision: -1, events: [moved] }]);
    await expect(tenants.webhookSecrets('ten_2')).rejects.toThrow('cannot be opened');
  });
});

describe('granting tokens', () => {
  beforeEach(() => tenants.create(tenant, 'Shop', byTest));

  test('adds them once, however often the grant is repeated', async () => {
    await grant();
    await grant();
    expect(await available()).toBe(100n);
  });

  test('of the same name with another amount is a conflict', async () => {
    await grant();
    await expect(grant({ tokens: 200n })).rejects.toMatchObject(refusal('conflict'));
  });

  test('to a tenant that does not exist is refused', async () => {
    await expect(grant({}, 'ten_2')).rejects.toMatchObject(refusal('not_found'));
  });

  test('that has expired already is refused', async () => {
    await expect(grant({ expiresAt: clock.isoNow() })).rejects.toMatchObject(
      refusal('validation_error', { field: 'expiresAt' }),
    );
  });
});

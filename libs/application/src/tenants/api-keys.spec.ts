import { crc32 } from 'node:zlib';
import { defaultApiKeyScopes } from '@imprest/domain';
import {
  byTest,
  type DecidingProcess,
  decidingProcess,
  type FixedClock,
  fixedClock,
} from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { StreamChanges } from '../consuming/stream-changes.js';
import { deriveSecrets } from '../secrets.js';
import { apiKeyId, newApiKey } from './api-key-format.js';
import { ApiKeys, type ApiKeyTerms } from './api-keys.js';
import { ApiKeyAuthenticator } from './authenticate-api-key.js';

const tenant = 'ten_1';
const terms: ApiKeyTerms = { name: 'shop', expiresAt: null, requestsPerMinute: 500 };
const secrets = deriveSecrets(new Uint8Array(32).fill(1));

let clock: FixedClock;
let process: DecidingProcess;
let keys: ApiKeys;
let authenticator: ApiKeyAuthenticator;

const after = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();
const issue = (more: Partial<ApiKeyTerms> = {}) =>
  keys.issue(tenant, 'live', { ...terms, ...more }, byTest);
const refusal = (code: string, more: object = {}) => ({ error: { code, ...more } });

const authenticatorOf = ({ runner, store }: DecidingProcess) =>
  new ApiKeyAuthenticator(runner, secrets, clock, new StreamChanges(store, clock));

const elsewhere = () => authenticatorOf(decidingProcess(process));

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A well-formed key that was never issued: ids are in lists, and the checksum is no secret. */
function keyOf(id: string): string {
  const body = `imp_live_${id}${'x'.repeat(20)}`;
  let rest = crc32(body) >>> 0;
  let checksum = '';
  for (let digits = 0; digits < 6; digits += 1) {
    checksum = BASE62[rest % 62] + checksum;
    rest = Math.floor(rest / 62);
  }
  return body + checksum;
}

beforeEach(() => {
  clock = fixedClock();
  process = decidingProcess({ clock });
  keys = new ApiKeys(process.runner, secrets, clock);
  authenticator = authenticatorOf(process);
});

describe('a key', () => {
  test('speaks for its tenant with its scopes', async () => {
    const { key, id } = await issue({ scopes: ['balance:read'], requestsPerMinute: 7 });
    expect(await authenticator.authenticate(key)).toEqual({
      apiKeyId: id,
      tenantId: tenant,
      scopes: new Set(['balance:read']),
      models: null,
      expiresAt: null,
      requestsPerMinute: 7,
      tier: null,
    });
  });

  test('may use every model unless it is given some', async () => {
    const { key } = await issue({ models: ['xSD4.5'] });
    expect((await authenticator.authenticate(key))?.models).toEqual(new Set(['xSD4.5']));
  });

  test('has all scopes but that of letting people in unless it is given some', async () => {
    const principal = await authenticator.authenticate((await issue()).key);
    expect(principal?.scopes).toEqual(new Set(defaultApiKeyScopes));
  });

  test('is stored as a hash and a prefix only', async () => {
    const { key, prefix } = await issue();
    const stored = JSON.stringify(process.log.events.map(({ data }) => data));
    expect(stored).toContain(prefix);
    expect(stored).not.toContain(key.slice(prefix.length));
  });

  test.each([
    ['in the past', { expiresAt: '2026-01-15T08:59:59.999Z' }, 'expiresAt'],
    ['now', { expiresAt: '2026-01-15T09:00:00.000Z' }, 'expiresAt'],
    ['in another spelling', { expiresAt: '2027-01-15T09:00:00Z' }, 'expiresAt'],
  ])('that expires %s is refused', async (_when, more, field) => {
    await expect(issue(more)).rejects.toMatchObject(refusal('validation_error', { field }));
  });

  test('without any scope is refused', async () => {
    await expect(issue({ scopes: [] })).rejects.toMatchObject(
      refusal('validation_error', { field: 'scopes' }),
    );
  });
});

describe('authentication', () => {
  test('knows nobody by a key that was never issued, and asks nobody for a malformed one', async () => {
    const before = process.store.reads;
    expect(await authenticator.authenticate('imp_live_nonsense')).toBeUndefined();
    expect(process.store.reads).toBe(before);
    expect(await authenticator.authenticate(newApiKey('live').key)).toBeUndefined();
  });

  test('does not take a key for another one with the same id', async () => {
    const { key, id } = await issue();
    const forged = keyOf(id);
    expect(apiKeyId(forged)).toBe(id);
    expect(await authenticator.authenticate(forged)).toBeUndefined();
    expect(await authenticator.authenticate(key)).toMatchObject({ tenantId: tenant });
  });

  test('answers at once for five seconds, then looks again', async () => {
    const { key } = await issue();
    await authenticator.authenticate(key);
    const before = process.store.reads;
    expect(authenticator.authenticate(key)).toMatchObject({ tenantId: tenant });
    clock.advance(4_999);
    expect(authenticator.authenticate(key)).toMatchObject({ tenantId: tenant });
    expect(process.store.reads).toBe(before);
    clock.advance(1);
    expect(authenticator.authenticate(key)).toBeInstanceOf(Promise);
  });

  test('feels an expiry at its very moment, also while it remembers the key', async () => {
    const { key } = await issue({ expiresAt: after(1_000) });
    expect(await authenticator.authenticate(key)).toBeDefined();
    clock.advance(999);
    expect(await authenticator.authenticate(key)).toBeDefined();
    clock.advance(1);
    expect(await authenticator.authenticate(key)).toBeUndefined();
  });

  test('remembers no key that it refused', async () => {
    const unknown = newApiKey('live');
    expect(await authenticator.authenticate(unknown.key)).toBeUndefined();
    await keys.adopt(tenant, unknown.key, terms, byTest);
    expect(await authenticator.authenticate(unknown.key)).toBeDefined();
  });
});

describe('revoking', () => {
  test('ends a key within five seconds everywhere, and at once where it is forgotten', async () => {
    const there = elsewhere();
    const { key, id } = await issue();
    await authenticator.authenticate(key);
    await there.authenticate(key);
    await keys.revoke(tenant, id, 'leaked', byTest);
    authenticator.forgetAll();
    expect(await authenticator.authenticate(key)).toBeUndefined();
    expect(await there.authenticate(key)).toBeDefined();
    clock.advance(5_000);
    expect(await there.authenticate(key)).toBeUndefined();
  });

  test('may be repeated', async () => {
    const { id } = await issue();
    await keys.revoke(tenant, id, 'leaked', byTest);
    await keys.revoke(tenant, id, 'leaked again', byTest);
    expect(process.log.streams.get(`apiKey-${id}`)).toHaveLength(2);
  });

  test('is not for another tenant', async () => {
    const { key, id } = await issue();
    await expect(keys.revoke('ten_other', id, 'mine now', byTest)).rejects.toMatchObject(
      refusal('not_found'),
    );
    expect(await authenticator.authenticate(key)).toBeDefined();
  });
});

describe('rotating', () => {
  test('gives a successor on the same terms, and both work until the overlap ends', async () => {
    const old = await issue({ scopes: ['balance:read'], models: ['xSD4.5'], requestsPerMinute: 9 });
    const successor = await keys.rotate(tenant, old.id, 60, byTest);
    expect(successor.previousValidUntil).toBe(after(60_000));
    clock.advance(59_999);
    for (const { key } of [old, successor]) {
      expect(await authenticator.authenticate(key)).toMatchObject({
        tenantId: tenant,
        scopes: new Set(['balance:read']),
        models: new Set(['xSD4.5']),
        requestsPerMinute: 9,
      });
    }
    clock.advance(1);
    expect(await authenticator.authenticate(old.key)).toBeUndefined();
    expect(await authenticator.authenticate(successor.key)).toBeDefined();
  });

  test('without an overlap ends the old key at once', async () => {
    const old = await issue();
    await keys.rotate(tenant, old.id, 0, byTest);
    expect(await authenticator.authenticate(old.key)).toBeUndefined();
  });

  test('does not make a key live longer than it was given', async () => {
    const old = await issue({ expiresAt: after(1_000) });
    const ends = { expiresAt: after(1_000) };
    expect(await authenticator.authenticate(old.key)).toMatchObject(ends);
    await keys.rotate(tenant, old.id, 60, byTest);
    clock.advance(1_000);
    expect(await authenticator.authenticate(old.key)).toBeUndefined();
  });

  test('makes the old key one that ends, so that it hands on none that lasts', async () => {
    const old = await issue();
    const successor = await keys.rotate(tenant, old.id, 60, byTest);
    const ofOld = await elsewhere().authenticate(old.key);
    expect(ofOld).toMatchObject({ expiresAt: after(60_000) });
    const ofSuccessor = await elsewhere().authenticate(successor.key);
    expect(ofSuccessor).toMatchObject({ expiresAt: null });
  });

  test('keeps the mode', async () => {
    const old = await keys.issue(tenant, 'test', terms, byTest);
    expect((await keys.rotate(tenant, old.id, 60, byTest)).key).toMatch(/^imp_test_/);
  });

  test('a second time is refused, and its successor is of no use', async () => {
    const old = await issue();
    await keys.rotate(tenant, old.id, 60, byTest);
    const before = new Set(process.log.streams.keys());
    await expect(keys.rotate(tenant, old.id, 60, byTest)).rejects.toMatchObject(
      refusal('conflict'),
    );
    const [orphan] = [...process.log.streams.keys()].filter((stream) => !before.has(stream));
    expect(process.log.streams.get(orphan as string)?.map(({ type }) => type)).toEqual([
      'ApiKeyIssued',
      'ApiKeyRevoked',
    ]);
  });

  test('is not for another tenant', async () => {
    const { id } = await issue();
    await expect(keys.rotate('ten_other', id, 60, byTest)).rejects.toMatchObject(
      refusal('not_found'),
    );
  });
});

describe('adopting a configured key', () => {
  test('may be repeated at every start', async () => {
    const { key, id } = newApiKey('live');
    await keys.adopt(tenant, key, terms, byTest);
    await keys.adopt(tenant, key, terms, byTest);
    expect(await authenticator.authenticate(key)).toMatchObject({ apiKeyId: id });
    expect(process.log.streams.get(`apiKey-${id}`)).toHaveLength(1);
  });

  test('refuses one that is malformed, without repeating it', async () => {
    const adopting = keys.adopt(tenant, 'imp_live_secret', terms, byTest);
    await expect(adopting).rejects.toThrow('not a well-formed Imprest key');
    await expect(adopting).rejects.not.toThrow('secret');
  });
});

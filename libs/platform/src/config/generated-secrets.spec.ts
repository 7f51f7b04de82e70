import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API_KEY_PATTERN } from '@imprest/application';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from './config.js';
import { operatorKeys, workerKeyOf } from './generated-secrets.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'imprest-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const keysWith = (environment: Readonly<Record<string, string>> = {}) =>
  operatorKeys(loadConfig({ IMPREST_DATA_DIR: folder, ...environment }));

describe('the first start', () => {
  it('makes every secret and says that the admin key is new', () => {
    const { adminKey, adminKeyIsNew, demoKey, workerKey } = keysWith();

    expect(adminKey).toMatch(/^imp_admin_[0-9a-f]{64}$/);
    expect(adminKeyIsNew).toBe(true);
    expect(demoKey).toMatch(API_KEY_PATTERN);
    expect(workerKey).toMatch(/^[0-9a-f]{64}$/);
  });

  it('keeps them where nobody else can read, and nothing beside them', () => {
    keysWith();
    const secrets = join(folder, 'secrets');

    expect(readdirSync(secrets).sort()).toEqual(['admin-key', 'demo-key', 'master-key']);
    expect(statSync(secrets).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(secrets)) {
      expect(statSync(join(secrets, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('makes others than another installation', () => {
    const here = keysWith();
    const there = keysWith({ IMPREST_DATA_DIR: join(folder, 'other') });

    expect(there.adminKey).not.toBe(here.adminKey);
    expect(there.workerKey).not.toBe(here.workerKey);
    expect(there.secrets).not.toEqual(here.secrets);
  });
});

describe('every other start', () => {
  it('finds the same secrets, and the admin key is not new any more', () => {
    const first = keysWith();

    expect(keysWith()).toEqual({ ...first, adminKeyIsNew: false });
  });

  it.each(['master-key', 'admin-key', 'demo-key'])('refuses an empty %s', (name) => {
    keysWith();
    writeFileSync(join(folder, 'secrets', name), '\n');

    expect(() => keysWith()).toThrow(`${name} is empty`);
  });

  it('refuses a master key that is cut short', () => {
    mkdirSync(join(folder, 'secrets'));
    writeFileSync(join(folder, 'secrets', 'master-key'), 'c2hvcnQ=\n');

    expect(() => keysWith()).toThrow('cut short');
  });
});

describe('given secrets', () => {
  const given = {
    IMPREST_MASTER_KEY: Buffer.alloc(32, 3).toString('base64'),
    IMPREST_ADMIN_KEY: 'a-long-enough-admin-key-0001',
    IMPREST_WORKER_KEY: 'a-long-enough-worker-key-001',
  };

  it('are used as they are and kept nowhere', () => {
    const { adminKey, adminKeyIsNew, workerKey } = keysWith(given);

    expect({ adminKey, adminKeyIsNew, workerKey }).toEqual({
      adminKey: given.IMPREST_ADMIN_KEY,
      adminKeyIsNew: false,
      workerKey: given.IMPREST_WORKER_KEY,
    });
    expect(readdirSync(join(folder, 'secrets'))).toEqual(['demo-key']);
  });

  it('give processes on different machines the same key of the workers', () => {
    const { IMPREST_MASTER_KEY } = given;
    const here = keysWith({ IMPREST_MASTER_KEY });
    const there = keysWith({ IMPREST_MASTER_KEY, IMPREST_DATA_DIR: join(folder, 'other') });

    expect(there.workerKey).toBe(here.workerKey);
    expect(there.secrets).toEqual(here.secrets);
  });
});

describe('a service that runs alone', () => {
  const masterKey = Buffer.alloc(32, 7).toString('base64');
  const keysOf = (name: string, environment: Readonly<Record<string, string>> = {}) =>
    operatorKeys(loadConfig({ IMPREST_DATA_DIR: folder, ...environment }), { name, split: true });

  it('shares the data directory with others when it is given no secrets', () => {
    const ledger = keysOf('ledger');

    expect(keysOf('api')).toMatchObject({ secrets: ledger.secrets, adminKey: ledger.adminKey });
  });

  it('keeps nothing in its directory when it is given its master key', () => {
    keysOf('ledger', { IMPREST_MASTER_KEY: masterKey });

    expect(readdirSync(folder)).toEqual([]);
  });

  it('needs the admin key beside the master key when it is the api, and only then', () => {
    const given = { IMPREST_MASTER_KEY: masterKey };

    expect(() => keysOf('api', given)).toThrow(/IMPREST_ADMIN_KEY must be set/);
    const adminKey = 'a-long-enough-admin-key-0001';
    expect(keysOf('api', { ...given, IMPREST_ADMIN_KEY: adminKey }).adminKey).toBe(adminKey);
  });

  it('as a worker has the key of the orchestrator, from either secret, and makes none', () => {
    const config = (environment: Readonly<Record<string, string>>) =>
      loadConfig({ IMPREST_DATA_DIR: folder, ...environment });
    const given = { IMPREST_MASTER_KEY: masterKey };

    expect(() => workerKeyOf(config({}))).toThrow(/IMPREST_WORKER_KEY must be the one/);
    expect(readdirSync(folder)).toEqual([]);
    expect(workerKeyOf(config(given))).toBe(keysOf('orchestrator', given).workerKey);
    const key = 'a-long-enough-worker-key-001';
    expect(workerKeyOf(config({ IMPREST_WORKER_KEY: key }))).toBe(key);
    const { workerKey } = keysOf('orchestrator');
    expect(workerKeyOf(config({}))).toBe(workerKey);
  });
});

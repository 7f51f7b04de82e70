import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newApiKey } from '@imprest/application';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from './config.js';
import { type ConfigKey, configKeys } from './config-keys.js';
import { ConfigError, type Environment } from './environment-reader.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'imprest-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function problemsOf(environment: Environment): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('an empty environment', () => {
  it('gives what the list of keys says', () => {
    expect(loadConfig({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      databaseUrl: undefined,
      eventStore: { kind: 'postgres' },
      messageBus: { kind: 'direct' },
      assetStore: { kind: 'files' },
      drainSeconds: 0,
      shutdownSeconds: 25,
      tracing: undefined,
      masterKey: undefined,
      webhookAllowCidrs: [],
      trustedProxies: [],
      logLevel: 'info',
      assetRetentionDays: 30,
      eventFeedRetentionDays: 30,
      webhookLogRetentionDays: 30,
      webhookWaitingDays: 30,
      webhookWaitingMessages: 100_000,
      syncWaitSeconds: 60,
      credits: { tokensPerCredit: 10, forNewAccounts: 25 },
      promptPresetsFile: undefined,
      leaseSeconds: 30,
      orchestratorUrl: 'http://127.0.0.1:8080',
      workerSlots: 1,
      workerTraits: { labels: {} },
      simulator: { latencyMs: 0, failureRate: 0, trialFaults: false, modelLoadMs: 0 },
    });
    expect(loadConfig({}).dataDirectory).toMatch(/\.imprest$/);
  });

  it('is what variables set to nothing mean', () => {
    const names: readonly string[] = configKeys.map(({ name }) => name);

    expect(loadConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(loadConfig({}));
  });

  it('is what the defaults of the list mean when they are typed out', () => {
    const typed = configKeys.filter(
      ({ default: value }) => /^[a-z0-9:/.]+$/.test(value) && value !== 'empty',
    );
    const environment = Object.fromEntries(typed.map((key) => [key.name, key.default]));
    const { PORT, EVENT_STORE, DATABASE_URL } = environment;

    expect({ PORT, EVENT_STORE, DATABASE_URL }).toEqual({
      PORT: '8080',
      EVENT_STORE: 'postgres',
      DATABASE_URL: 'embedded',
    });
    expect(loadConfig(environment)).toEqual(loadConfig({}));
  });
});

describe('a set environment', () => {
  it('gives typed values', () => {
    const masterKey = Buffer.alloc(32, 1).toString('base64');
    const demoKey = newApiKey('test').key;
    const config = loadConfig({
      PORT: '0',
      DATABASE_URL: 'postgres://app:secret@db.example.com/imprest',
      IMPREST_MASTER_KEY: masterKey,
      IMPREST_DEMO_KEY: demoKey,
      WEBHOOK_ALLOW_CIDRS: ' 127.0.0.0/8, ::1/128 ,',
      TRUSTED_PROXIES: '10.0.0.0/8, fd00::/8',
      PUBLIC_URL: 'https://imprest.example.com/',
      SIMULATOR_FAILURE_RATE: '0.25',
      SIMULATOR_TRIAL_FAULTS: 'true',
      IMPREST_OPERATOR_KEYS: `ada=${'a'.repeat(24)}, grace=b=${'b'.repeat(24)}\n`,
      STRIPE_API_KEY: 'rk_test_0123456789',
      STRIPE_WEBHOOK_SECRET: 'whsec_0123456789',
      MANUAL_CREDIT_LIMIT: '0',
    });

    expect(config).toMatchObject({
      port: 0,
      databaseUrl: 'postgres://app:secret@db.example.com/imprest',
      demoKey,
      webhookAllowCidrs: ['127.0.0.0/8', '::1/128'],
      trustedProxies: ['10.0.0.0/8', 'fd00::/8'],
      publicUrl: 'https://imprest.example.com',
      simulator: { failureRate: 0.25, trialFaults: true },
      operators: [
        { name: 'ada', key: 'a'.repeat(24) },
        { name: 'grace', key: `b=${'b'.repeat(24)}` },
      ],
      payments: {
        btcpay: undefined,
        stripe: { url: 'https://api.stripe.com', apiKey: 'rk_test_0123456789' },
        manualCreditLimit: 0n,
      },
    });
    expect(Buffer.from(config.masterKey ?? []).toString('base64')).toBe(masterKey);
  });

  it('names every problem at once', () => {
    expect(problemsOf({ PORT: 'eighty', LOG_LEVEL: 'loud', WORKER_SLOTS: '0' })).toEqual([
      'PORT must be a whole number from 0 to 65535',
      'LOG_LEVEL must be one of trace, debug, info, warn, error, silent',
      'WORKER_SLOTS must be a whole number from 1 to 64',
    ]);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', '-1'],
    ['LEASE_SECONDS', 'Infinity'],
    ['SIMULATOR_FAILURE_RATE', '1.1'],
    ['SIMULATOR_FAILURE_RATE', 'NaN'],
    ['SIMULATOR_TRIAL_FAULTS', 'yes'],
    ['EVENT_STORE', 'memory'],
    ['DATABASE_URL', 'mysql://db.example.com'],
    ['PUBLIC_URL', 'imprest.example.com'],
    ['PUBLIC_URL', 'ftp://imprest.example.com'],
    ['WEBHOOK_ALLOW_CIDRS', '127.0.0.1'],
    ['WEBHOOK_ALLOW_CIDRS', '127.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.1'],
    ['TRUSTED_PROXIES', 'proxy/8'],
    ['TRUSTED_PROXIES', '0.0.0.0/0'],
    ['TRUSTED_PROXIES', '0.0.0.0/00'],
    ['TRUSTED_PROXIES', 'fd00::/129'],
    ['IMPREST_OIDC_SECOND_FACTOR_AMR', 'mfa hwk'],
    ['IMPREST_ADMIN_KEY', 'too-short'],
    ['IMPREST_WORKER_KEY', 'too-short'],
    ['IMPREST_DEMO_KEY', 'demo'],
    ['IMPREST_OPERATOR_KEYS', 'ada'],
    ['IMPREST_OPERATOR_KEYS', `Ada=${'a'.repeat(24)}`],
    ['IMPREST_OPERATOR_KEYS', `ada=${'a'.repeat(23)}`],
    ['IMPREST_OPERATOR_KEYS', `admin-key=${'a'.repeat(24)}`],
    ['IMPREST_OPERATOR_KEYS', `ada=${'a'.repeat(24)},ada=${'b'.repeat(24)}`],
    ['IMPREST_OPERATOR_KEYS', `ada=${'a'.repeat(24)},grace=${'a'.repeat(24)}`],
    ['MANUAL_CREDIT_LIMIT', '-1'],
    ['BTCPAY_URL', 'btcpay.example.com'],
    ['BTCPAY_URL', 'https://btcpay.example.com'],
    ['STRIPE_API_KEY', 'pk_live_0123456789'],
    ['STRIPE_API_KEY', 'sk_live_0123456789'],
    ['STRIPE_WEBHOOK_SECRET', 'secret'],
    ['IMPREST_MASTER_KEY', Buffer.alloc(31).toString('base64')],
    ['IMPREST_MASTER_KEY', `${Buffer.alloc(48, 1).toString('base64')}!`],
  ])('refuses %s=%s and names the variable', (name, value) => {
    const problems = problemsOf({ [name]: value });

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}\\b`));
  });

  it('never repeats a secret in a problem', () => {
    const secrets = (configKeys as readonly ConfigKey[]).filter(({ secret }) => secret);
    const environment = Object.fromEntries(secrets.map(({ name }) => [name, 'hunter2']));
    const problems = problemsOf(environment);

    expect(problems.length).toBeGreaterThan(5);
    expect(problems.join()).not.toContain('hunter2');
  });
});

describe('a secret in a file', () => {
  const key = 'a-long-enough-admin-key-0001';

  it('is read without the white space around it, and wins over the variable', () => {
    const path = file('admin', `\n${key}\n`);

    expect(loadConfig({ IMPREST_ADMIN_KEY_FILE: path }).adminKey).toBe(key);
    expect(loadConfig({ IMPREST_ADMIN_KEY_FILE: path, IMPREST_ADMIN_KEY: 'x' }).adminKey).toBe(key);
  });

  it('that cannot be read is a problem, not a missing secret', () => {
    expect(problemsOf({ IMPREST_ADMIN_KEY_FILE: join(folder, 'absent') })).toEqual([
      `IMPREST_ADMIN_KEY_FILE names ${join(folder, 'absent')}, which cannot be read`,
    ]);
  });

  it('is checked as the variable is', () => {
    expect(problemsOf({ IMPREST_ADMIN_KEY_FILE: file('short', 'abc') })).toHaveLength(1);
  });

  it('has no counterpart for what is no secret', () => {
    expect(loadConfig({ PORT_FILE: file('port', '9') }).port).toBe(8080);
  });
});

it('reads what a worker says of its machine', () => {
  const traits = (WORKER_LABELS: string, WORKER_VRAM_BYTES = '0') =>
    loadConfig({ WORKER_LABELS, WORKER_VRAM_BYTES }).workerTraits;
  expect(traits('zone=a, rack=7', '24000000000')).toEqual({
    vramBytes: 24_000_000_000,
    labels: { zone: 'a', rack: '7' },
  });
  for (const wrong of ['zone', 'zone=', 'zone=a=b', '=a', 'zone=a b']) {
    expect(() => traits(wrong)).toThrow('WORKER_LABELS');
  }
});

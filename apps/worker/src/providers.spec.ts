import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@imprest/platform';
import { afterAll, expect, it } from 'vitest';
import { providersOf } from './providers.js';

const folder = mkdtempSync(join(tmpdir(), 'imprest-worker-'));
afterAll(() => rmSync(folder, { recursive: true }));

function configured(labels: string, more: Record<string, string> = {}) {
  const file = join(folder, 'providers.yaml');
  writeFileSync(file, `providers: { trial: { kind: no-op, labels: { ${labels} } } }`);
  return loadConfig({ IMPREST_PROVIDERS: file, ...more });
}

it('a worker has the providers of its file, and their labels behind their names', async () => {
  const { providers, labels } = await providersOf(
    configured('zone: rack-a', { WORKER_LABELS: 'zone=north' }),
  );

  expect([...providers.keys()]).toEqual(['trial']);
  expect(labels).toEqual({ zone: 'north', 'trial/zone': 'rack-a' });
});

it('does not start with more labels than its orchestrator takes', async () => {
  const many = (count: number, entry: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => entry(index)).join(',');
  const config = configured(
    many(16, (index) => `l${index}: a`),
    { WORKER_LABELS: many(17, (index) => `w${index}=a`) },
  );

  await expect(providersOf(config)).rejects.toThrow('a worker has at most 32 labels');
});

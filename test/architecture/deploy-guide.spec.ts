import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ConfigKey, configKeys, services } from '@imprest/platform';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const guide = readFileSync(`${root}docs/deploy.md`, 'utf8');
const sources = execFileSync('git', ['ls-files', 'apps', 'libs'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\/src\/.*\.ts$/.test(file) && existsSync(root + file))
  .map((file) => readFileSync(root + file, 'utf8'))
  .join('\n');

const names = (cell: string) => cell.split(', ').filter((name) => name !== '');

describe('docs/deploy.md', () => {
  it('names metrics that exist', () => {
    const named = new Set(guide.match(/imprest_[a-z_]+/g));
    expect(named.size).toBeGreaterThan(8);
    const missing = [...named]
      .map((name) => name.replace(/_count$/, ''))
      .filter((name) => !sources.includes(`'${name}'`));
    expect(missing).toEqual([]);
  });

  it('names variables that exist', () => {
    const keys: readonly ConfigKey[] = configKeys;
    const known = new Set(
      keys.flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name])),
    );
    const ofOthers = ['IMPREST_PORT', 'NODE_EXTRA_CA_CERTS'];
    const named = [...guide.matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)[`=]/g)].map(
      ([, name = '']) => name,
    );
    const example = [...guide.matchAll(/\{ name: ([A-Z0-9_]+), value/g)].map(
      ([, name = '']) => name,
    );
    expect(named.length + example.length).toBeGreaterThan(30);
    const strangers = [...named, ...example].filter(
      (name) => !known.has(name) && !ofOthers.includes(name),
    );
    expect([...new Set(strangers)]).toEqual([]);
  });

  it('says of each service what it needs, as the probe has it', () => {
    const rows = [...guide.matchAll(/^\| `(\w+)` \| ([\w, ]*) \| ([\w, ]*)\|$/gm)].map(
      ([, name, needs = '', mentions = '']) => [
        name,
        { needs: names(needs.trim()), mentions: names(mentions.trim()) },
      ],
    );
    const expected = Object.entries(services).map(([name, { needs, mentions }]) => [
      name,
      { needs, mentions },
    ]);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected));
  });

  it('shows a manifest that is YAML and gives the process the time it takes to stop', () => {
    const [, manifest = ''] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? [];
    const { spec } = parse(manifest).spec.template;
    const [{ env, livenessProbe, readinessProbe }] = spec.containers;
    const value = (name: string, otherwise: number) =>
      Number(env.find((each: { name: string }) => each.name === name)?.value ?? otherwise);

    expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(
      value('DRAIN_SECONDS', 0) + value('SHUTDOWN_SECONDS', 25),
    );
    expect(livenessProbe.httpGet.path).toBe('/healthz');
    expect(readinessProbe.httpGet.path).toBe('/readyz');
  });
});

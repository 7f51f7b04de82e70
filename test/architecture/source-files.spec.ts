import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(root + file));
const text = (file: string) => readFileSync(root + file, 'utf8');
const isSpec = (file: string) => /\.(spec|e2e-spec)\.ts$/.test(file);
const sources = tracked.filter((file) => /^(apps|libs)\/.*\.tsx?$/.test(file) && !isSpec(file));

function offenders(files: readonly string[], pattern: RegExp): string[] {
  return files.filter((file) => pattern.test(text(file)));
}

describe('source files', () => {
  it('take time and chance from their caller in domain and application', () => {
    const pure = sources.filter(
      (file) => /^libs\/(domain|application)\//.test(file) && !file.endsWith('ports/clock.ts'),
    );
    expect(offenders(pure, /Date\.now\(|new Date\(\)|Math\.random\(/)).toEqual([]);
  });

  it('stay below 300 lines, unless a program writes them', () => {
    const written = sources.filter((file) => file !== 'libs/sdk/src/openapi.ts');
    const long = written.filter((file) => text(file).split('\n').length > 300);
    expect(long).toEqual([]);
  });

  it('hold no unfinished business', () => {
    const words = new RegExp(
      `\\b(${['TO' + 'DO', 'FIX' + 'ME', 'not implem' + 'ented'].join('|')})\\b`,
    );
    expect(offenders(sources, words)).toEqual([]);
  });

  it('skip no test and single none out', () => {
    const specs = tracked.filter(isSpec);
    expect(offenders(specs, /\b(it|test|describe)\.(skip|only|todo)\(/)).toEqual([]);
  });
});

describe('packages', () => {
  const packages = ['libs', 'apps'].flatMap((folder) =>
    readdirSync(`${root}${folder}`).map((name) => `${folder}/${name}`),
  );

  it('each say in a README what they are', () => {
    expect(packages.filter((folder) => !existsSync(`${root}${folder}/README.md`))).toEqual([]);
  });

  it('pin every dependency to one version', () => {
    const loose = packages.flatMap((folder) => {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(
        text(`${folder}/package.json`),
      );
      return Object.entries({ ...dependencies, ...devDependencies })
        .filter(([, version]) => !/^\d/.test(String(version)))
        .map(([name]) => `${folder}: ${name}`);
    });
    expect(loose).toEqual([]);
  });

  it('lock no download addresses', () => {
    expect(text('package-lock.json')).not.toMatch(/"resolved": "http/);
  });
});
